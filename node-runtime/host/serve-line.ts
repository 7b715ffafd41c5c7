import { z } from 'zod'
import { type EventName, eventNames } from '#contract/window/channels'
import type { ClientFrame, ServerFrame } from '#contract/window/frames'
import { fail } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { hostLimits } from './limits.ts'
import type { EventPublisher } from './publish-events.ts'
import type { AnswerCall } from './serve-calls.ts'

/** The two carriers outside Electron in one shape: a WebSocket, a socket file, or a pair in memory. */
export interface Line {
  send(frame: ServerFrame): void
  /** What was sent and has not left this process yet. */
  bytesWaiting(): number
}

export interface LineServer {
  receive(frame: unknown): void
  readonly close: Stop
}

const clientFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), sequence: z.int().min(0), name: z.string().max(64), input: z.unknown() }),
  z.strictObject({ kind: z.literal('listen'), events: z.array(z.enum(eventNames)).max(eventNames.length) }),
]) satisfies z.ZodType<ClientFrame>

export interface LineParts {
  readonly answer: AnswerCall
  readonly publisher: EventPublisher
}

/** Serves one line whose other end was already found to be one of ours. */
export function serveLine(line: Line, { answer, publisher }: LineParts): LineServer {
  let wanted: ReadonlySet<EventName> = new Set()
  let isOpen = true
  const unsubscribe = publisher.subscribe({
    wants: (name) => wanted.has(name),
    canTake: () => line.bytesWaiting() < hostLimits.lineBytesWaitingMax,
    take: ({ name, payload }) => line.send({ kind: 'event', name, payload }),
  })

  async function answerCall({ sequence, name, input }: Extract<ClientFrame, { kind: 'call' }>): Promise<void> {
    const result = await answer({ name, payload: input, isTrusted: true })
    if (isOpen) line.send({ kind: 'answer', sequence, result })
  }

  return {
    receive(received) {
      const parsed = clientFrame.safeParse(received)
      if (!parsed.success) {
        const sequence = sequenceOf(received)
        const result = fail('bad-request', `not a frame: ${z.prettifyError(parsed.error)}`)
        if (sequence !== null) line.send({ kind: 'answer', sequence, result })
        return
      }
      if (parsed.data.kind === 'listen') {
        wanted = new Set(parsed.data.events)
        publisher.wake()
      } else void answerCall({ ...parsed.data, input: parsed.data.input })
    },
    close() {
      isOpen = false
      return unsubscribe()
    },
  }
}

/** Somebody who wrote a number waits for an answer under it; somebody who did not cannot be told anything. */
function sequenceOf(frame: unknown): number | null {
  const isNumbered = typeof frame === 'object' && frame !== null && 'sequence' in frame
  return isNumbered && typeof frame.sequence === 'number' ? frame.sequence : null
}
