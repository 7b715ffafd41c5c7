import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { fail, ok } from '#kit/result'
import type { EndpointAnswer, Pieces } from '#ports/endpoint'
import {
  apiLimits,
  decodeApiAnswer,
  decodeApiRequest,
  encodeApiAnswer,
  encodeApiRequest,
  type WholeAnswer,
  wholeAnswer,
} from './api-codec.ts'

const request = {
  method: 'POST',
  path: '/api/v1/registrations',
  query: new Map([['search', 'contrato nº 1']]),
  headers: { 'idempotency-key': 'k-1', host: undefined },
  body: encodeText('{"title":"ação"}'),
}
const answer = { status: 201, headers: { 'content-type': 'application/json' }, body: encodeText('{}') }

describe('requests and answers over the wire', () => {
  it('come out as they went in, without headers that are not there', () => {
    const decoded = decodeApiRequest(encodeApiRequest({ ref: 7, request }))
    expect(decoded).toEqual({ ref: 7, request: { ...request, headers: { 'idempotency-key': 'k-1' } } })
    expect(decodeApiAnswer(encodeApiAnswer({ ref: 7, answer }))).toEqual({ ref: 7, answer })
  })

  it('are nothing when they are cut short in their heads', () => {
    const heads = [encodeApiRequest({ ref: 7, request: { ...request, body: new Uint8Array(0) } })]
    for (const bytes of heads) {
      for (let length = 0; length < bytes.length; length += 1) {
        expect(decodeApiRequest(bytes.subarray(0, length)), `${length} bytes`).toBeNull()
      }
    }
    const short = encodeApiAnswer({ ref: 7, answer: { ...answer, body: new Uint8Array(0) } })
    for (let length = 0; length < short.length; length += 1) {
      expect(decodeApiAnswer(short.subarray(0, length)), `${length} bytes`).toBeNull()
    }
    expect(decodeApiAnswer(encodeApiAnswer({ ref: 7, answer: { ...answer, status: 99 } }))).toBeNull()
  })

  it('carry a body of pieces as one, unless it breaks off', () => {
    const pieces = ['[', encodeText('1'), ']', null]
    const body = { next: (give: Give) => give(ok(pieces.shift() ?? null)) }
    expect(whole(body)?.body).toEqual(encodeText('[1]'))
    expect(whole({ next: (give) => give(fail('store-damaged', 'no more')) })).toBeNull()
  })

  it('refuse a body that fits into no message, however long it would go on', () => {
    const piece = new Uint8Array(1024 * 1024)
    let asked = 0
    const endless = {
      next: (give: Give) => {
        asked += 1
        give(ok(piece))
      },
    }
    expect(whole(endless)).toBeNull()
    expect(asked).toBeLessThan(6)
    expect(whole(new Uint8Array(apiLimits.bodyBytesMax + 1))).toBeNull()
  })
})

type Give = Parameters<Pieces['next']>[0]

function whole(body: EndpointAnswer['body']): WholeAnswer | null {
  let given: WholeAnswer | null = null
  wholeAnswer({ status: 200, headers: {}, body }, (one) => {
    given = one
  })
  return given
}
