import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { VirtualClock } from '#sim/virtual-clock'
import { type AnswerBody, encodeAnswerBody } from '../../chat/answer-bodies.ts'
import { decodeAsk, encodeAnswer } from '../../chat/ask-codec.ts'
import type { Reader } from '../../post.ts'
import { askerLimits, ChatAsker, type Wait } from './asker.ts'

const broker = nodeId('broker')
const query = { kind: 'query', token: null, consistency: 'stale', query: { kind: 'status' } } as const
const done: AnswerBody = { kind: 'done' }

function asking(life = 1) {
  const clock = new VirtualClock(0, 0)
  const sent: { readonly ref: number; readonly id: string }[] = []
  const waits: Wait[] = []
  const link = { isConnected: true }
  let hear: Reader = () => null
  const asker = new ChatAsker({
    post: {
      life,
      read: (_, reader) => {
        hear = reader
      },
      send: (_, { body }) => {
        const ask = decodeAsk(body)
        if (ask !== null) sent.push(ask)
        return true
      },
    },
    wire: { links: () => [{ peer: broker, isConnected: link.isConnected }] as never }, // all that is read of it
    ...{ broker, clock, random: new Random('asker') },
    onWaited: (wait) => waits.push(wait),
    onActed: () => {},
  })
  const ask = (withinMs: number = askerLimits.peopleMs): { result: Result<unknown> | null } => {
    const asked: { result: Result<unknown> | null } = { result: null }
    asker.ask({ body: query, from: 'x', withinMs }, (result) => {
      asked.result = result
    })
    return asked
  }
  const answer = (ref: number, body: AnswerBody = done, from = broker): void => {
    hear({ from, kind: 'chat-answer', body: encodeAnswer({ ref, body: encodeAnswerBody(body) }), cause: null })
  }
  const pass = (ms: number): void => {
    const untilMs = clock.now() + ms
    for (let nowMs = clock.now(); nowMs < untilMs; nowMs += 25) {
      clock.advanceTo(nowMs + 25)
      asker.tick()
    }
  }
  return { asker, sent, waits, link, ask, answer, pass }
}

describe('who asks the chat', () => {
  it('asks again under the same id, and takes the first answer to any of these', () => {
    const { sent, ask, answer, pass } = asking()
    const asked = ask()
    pass(askerLimits.againMsMin + 50)
    expect(sent.map(({ id }) => id)).toEqual([sent[0]?.id, sent[0]?.id])
    expect(new Set(sent.map(({ ref }) => ref)).size).toBe(2)
    answer(sent[0]?.ref ?? 0)
    expect(asked.result).toMatchObject({ ok: true, value: done })
    answer(sent[1]?.ref ?? 0, { kind: 'failed', failure: { code: 'internal', message: '' } })
    expect(asked.result?.ok).toBe(true)
  })

  it('asks again soon after what may pass, and says what does not', () => {
    const { sent, ask, answer, pass } = asking()
    const asked = ask()
    answer(sent[0]?.ref ?? 0, { kind: 'failed', failure: { code: 'node-down', message: '' } })
    pass(askerLimits.retryMsMin + 25)
    expect([asked.result, sent.length]).toEqual([null, 2])
    answer(sent[1]?.ref ?? 0, { kind: 'failed', failure: { code: 'not-signed-in', message: '' } })
    expect(asked.result).toMatchObject({ failure: { code: 'not-signed-in' } })
  })

  it('asks a broker that has just come at once', () => {
    const { sent, link, ask, pass } = asking()
    link.isConnected = false
    ask()
    pass(100)
    link.isConnected = true
    pass(25)
    expect(sent).toHaveLength(2)
  })

  it('gives up, and hears nobody else', () => {
    const { sent, ask, answer, pass } = asking()
    const asked = ask(1_000)
    answer(sent[0]?.ref ?? 0, done, nodeId('stranger'))
    pass(1_025)
    expect(asked.result).toMatchObject({ failure: { code: 'timed-out' } })
    answer(sent[0]?.ref ?? 0)
  })

  it('never takes an answer to another life', () => {
    const [one, two] = [asking(1), asking(2)]
    one.ask()
    const asked = two.ask()
    two.answer(one.sent[0]?.ref ?? 0)
    expect(asked.result).toBeNull()
  })

  it('says how long somebody waited, from the first question that was not answered', () => {
    const { asker, sent, waits, ask, answer, pass } = asking()
    ask(1_000)
    pass(1_500)
    expect(asker.silence?.ms).toBe(1_500)
    ask()
    pass(500)
    answer(sent.at(-1)?.ref ?? 0)
    expect(waits).toEqual([{ fromWallMs: 0, ms: 2_000 }])
    expect([asker.silence, asker.isAnswering]).toEqual([null, true])
    // Nobody asked for long: that is no silence.
    ask(100)
    pass(askerLimits.waitsOnMs + 200)
    ask()
    pass(25)
    answer(sent.at(-1)?.ref ?? 0)
    expect(waits.at(-1)?.ms).toBe(25)
  })
})
