import { type CourseReply, courseRequest, readReply } from '#dialects/chat/index'
import { openClock } from '#drivers/clock/index'
import { openSockets } from '#drivers/sockets/index'

type Ask = Parameters<typeof courseRequest>[1]

const answeredWithinMs = 5_000

/** A program of the course in this process: one question at a time, and a fresh socket when there was no answer. */
export interface CourseProgram {
  /** null: no answer. `clock`: what it says it has counted to. */
  ask(ask: Ask, clock?: number): Promise<CourseReply | null>
  close(): Promise<void>
}

export async function openCourseProgram(broker: string, codec: 'json' | 'messagepack'): Promise<CourseProgram> {
  const { hostname: host, port } = new URL(broker)
  const plans = [{ kind: 'asker', name: 'broker', to: { host, port: Number(port) } }] as const
  const keys = { publicKey: '', secretKey: '' }
  const opened = await openSockets({ plans, keys, members: [], clock: openClock() })
  if (!opened.ok) throw new Error(opened.failure.message)
  const asker = opened.value.asker('broker')
  return {
    ask: (ask, clock = 1) =>
      new Promise((resolve) => {
        asker.ask(courseRequest(codec, ask, { atMs: Date.now(), clock }), answeredWithinMs, (answer) =>
          resolve(answer.ok ? readReply(answer.value) : null),
        )
      }),
    close: () => opened.value.close(),
  }
}
