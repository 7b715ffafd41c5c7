import type { Pipe } from '#contract/worker/pipe'

/** What `process` in a forked worker and the ChildProcess in its parent have in common. */
export interface ProcessEnd {
  readonly connected?: boolean
  send?(message: unknown, handle: undefined, options: undefined, sent: (error: Error | null) => void): boolean
  on(event: 'message', receive: (message: unknown) => void): unknown
  off(event: 'message', receive: (message: unknown) => void): unknown
}

export const pipeLimits = {
  /** Messages handed over that the other process has not taken. A process that hangs must not fill this one's memory. */
  waitingMax: 10_000,
} as const

/**
 * A pipe over the channel of `fork`. Both sides are of one build and meet by protocol number before anything else is
 * said, so the shape is taken on trust here; who receives from the outside checks it there.
 * What is posted to an end that is gone, or that takes nothing any more, is lost in silence: its end is reported by
 * `disconnect` and `exit`, and requests time out.
 */
export function processPipe<Out, In>(end: ProcessEnd): Pipe<Out, In> {
  let waiting = 0
  return {
    post: (message) => {
      if (end.send === undefined || end.connected === false || waiting >= pipeLimits.waitingMax) return
      waiting += 1
      // With a callback, a channel that breaks in mid-send is no uncaught error of this process.
      end.send(message, undefined, undefined, () => {
        waiting -= 1
      })
    },
    listen: (receive) => {
      const heard = (message: unknown): void => receive(message as In) // see above: one build, one protocol number
      end.on('message', heard)
      return () => {
        end.off('message', heard)
      }
    },
  }
}
