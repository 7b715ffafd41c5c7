import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { fail, ok } from '#kit/result'
import { type Endpoint, type EndpointAnswer, type EndpointRequest, endpointLimits, type Pieces } from '../endpoint.ts'

export interface EndpointHome {
  readonly endpoint: Endpoint
  /** As a stranger's program asks. Null: the answer was broken off. */
  ask(request: Partial<EndpointRequest>): Promise<Told | null>
  /** Lets so much time pass, as far as the endpoint's limits go. */
  pass(ms: number): void
  close(): Promise<void>
}

/** An answer as it came. */
export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export const done: EndpointAnswer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'done' }

/** What every home of the Endpoint port promises. */
export function endpointSuite(name: string, openHome: () => Promise<EndpointHome>): void {
  describe(`${name} endpoint`, () => {
    let home: EndpointHome

    beforeEach(async () => {
      home = await openHome()
    })
    afterEach(() => home.close())

    it('hands a request over as it was made, and the answer back', async () => {
      const heard: EndpointRequest[] = []
      home.endpoint.serve((request, answer) => {
        heard.push(request)
        answer({ status: 201, headers: { 'content-type': 'text/plain', 'colmeia-node': 'n1' }, body: 'está' })
      })
      const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' }
      const query = new Map([['search', 'um & dois']])
      const path = '/api/v1/ação e reação'
      const told = await home.ask({ method: 'POST', path, query, headers, body: encodeText('{"a":1}') })
      expect(told).toMatchObject({ status: 201, headers: { 'colmeia-node': 'n1' }, body: 'está' })
      expect(heard).toHaveLength(1)
      expect(heard[0]).toMatchObject({ method: 'POST', path, query, headers })
      expect(new Uint8Array(heard[0]?.body ?? [])).toEqual(encodeText('{"a":1}'))
    })

    it('says 503 while nobody serves', async () => {
      expect(await home.ask({})).toMatchObject({ status: 503, body: expect.stringContaining('node-down') })
      const stop = home.endpoint.serve((_, answer) => answer(done))
      expect(await home.ask({})).toMatchObject({ status: 200 })
      await stop()
      expect(await home.ask({})).toMatchObject({ status: 503 })
    })

    it('asks the one who serves last; an earlier one that stops takes nothing away', async () => {
      const stopFirst = home.endpoint.serve((_, answer) => answer({ ...done, body: 'first' }))
      home.endpoint.serve((_, answer) => answer({ ...done, body: 'second' }))
      await stopFirst()
      expect(await home.ask({})).toMatchObject({ body: 'second' })
    })

    it('waits for an answer that comes later, and hears the first one only', async () => {
      const later: ((answer: EndpointAnswer) => void)[] = []
      home.endpoint.serve((_, answer) => void later.push(answer))
      const told = home.ask({})
      await until(() => later.length === 1)
      later[0]?.(done)
      later[0]?.({ ...done, body: 'twice' })
      expect(await told).toMatchObject({ status: 200, body: 'done' })
    })

    it('says 504 when no answer comes in time, and nobody hears it afterwards', async () => {
      const later: ((answer: EndpointAnswer) => void)[] = []
      home.endpoint.serve((_, answer) => void later.push(answer))
      const told = home.ask({})
      await until(() => later.length === 1)
      home.pass(endpointLimits.answerWithinMs)
      expect(await told).toMatchObject({ status: 504, body: expect.stringContaining('timed-out') })
      later[0]?.(done)
    })

    it('takes a body up to its limit and says 413 to a longer one, which the handler does not hear of', async () => {
      const lengths: number[] = []
      home.endpoint.serve(({ body }, answer) => {
        lengths.push(body.length)
        answer(done)
      })
      const ask = (length: number) => home.ask({ method: 'POST', body: new Uint8Array(length) })
      expect(await ask(endpointLimits.bodyBytesMax)).toMatchObject({ status: 200 })
      expect(await ask(endpointLimits.bodyBytesMax + 1)).toMatchObject({
        status: 413,
        body: expect.stringContaining('too-large'),
      })
      expect(lengths).toEqual([endpointLimits.bodyBytesMax])
    })

    it('gives an answer of many pieces, those that come later among them', async () => {
      home.endpoint.serve((_, answer) => answer({ ...done, body: counting(2_000) }))
      const told = await home.ask({})
      expect(told?.body).toBe(Array.from({ length: 2_000 }, (_, index) => `${index};`).join(''))
    })

    it('breaks off an answer that cannot go on, so that the part is not taken for the whole', async () => {
      let given = 0
      const pieces: Pieces = {
        next: (give) => {
          given += 1
          give(given < 3 ? ok('piece') : fail('busy', 'no more'))
        },
      }
      home.endpoint.serve((_, answer) => answer({ ...done, body: pieces }))
      expect(await home.ask({})).toBeNull()
      home.endpoint.serve((_, answer) => answer(done))
      expect(await home.ask({})).toMatchObject({ status: 200 })
    })
  })
}

/** Every third piece is bytes, and every seventh comes later. */
export function counting(count: number): Pieces {
  let next = 0
  return {
    next: (give) => {
      const text = `${next};`
      const piece = next === count ? null : next % 3 === 0 ? encodeText(text) : text
      const isLate = next % 7 === 0
      next += 1
      if (isLate) setImmediate(() => give(ok(piece)))
      else give(ok(piece))
    },
  }
}

async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setImmediate(resolve))
}
