import type { Pipe } from '#contract/worker/pipe'

/** The part of Electron's `process.parentPort` that is used; typed here, because this room knows no Electron. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', receive: (event: { readonly data: unknown }) => void): unknown
  off(event: 'message', receive: (event: { readonly data: unknown }) => void): unknown
}

/** The worker's side of a utility process. */
export function parentPortPipe<Out, In>(port: ParentPort): Pipe<Out, In> {
  return {
    post: (message) => port.postMessage(message),
    listen: (receive) => {
      const heard = (event: { readonly data: unknown }): void => receive(event.data as In) // one build on both sides
      port.on('message', heard)
      return () => {
        port.off('message', heard)
      }
    },
  }
}
