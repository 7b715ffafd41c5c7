import { beforeEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Called } from '../../wire-calls.ts'
import { ShopClient, type ShopReply, shopClientLimits } from './client.ts'
import { get } from './requests.ts'

const silent: Called = { kind: 'silent' }
const notSent: Called = { kind: 'not-sent' }
function answered(status: number, headers: Readonly<Record<string, string>> = {}): Called {
  return { kind: 'answered', tookMs: 3, answer: { status, headers, body: new Uint8Array(0) } }
}

let nowMs: number
let underWay: {
  readonly withinMs: number
  readonly visitor: string | undefined
  readonly done: (called: Called) => void
}[]
let asked: number
let changes: number
let client: ShopClient

beforeEach(() => {
  nowMs = 1_000
  underWay = []
  asked = 0
  changes = 0
  client = new ShopClient({
    gateway: nodeId('gateway'),
    calls: {
      ask: (_, { request, withinMs }, done) => {
        asked += 1
        underWay.push({ withinMs, visitor: request.headers['colmeia-session'], done })
      },
      look: () => {},
    },
    clock: { now: () => nowMs, wall: () => nowMs },
    visitor: () => 'ana',
    soon: (work) => work(),
    onChange: () => {
      changes += 1
    },
  })
})

function ask(isRepeatable: boolean): { result: Result<ShopReply> | null } {
  const given: { result: Result<ShopReply> | null } = { result: null }
  client.ask({ request: get('/'), isRepeatable }, (result) => {
    given.result = result
  })
  return given
}

/** The attempt under way comes to this, and time goes on. */
function comes(called: Called, ms: number = shopClientLimits.pauseMs): void {
  underWay.shift()?.done(called)
  nowMs += ms
  client.look()
}

describe('who asks the shop for people', () => {
  it('gives an answer back, refusals too, with who waited how long', () => {
    const given = ask(true)
    expect(underWay[0]?.visitor).toBe('ana')
    comes(answered(503))
    nowMs += 500
    comes(answered(409))
    const tookMs = 500 + shopClientLimits.pauseMs
    expect(given.result).toMatchObject({ ok: true, value: { answer: { status: 409 }, answered: { tookMs } } })
  })

  it.each([notSent, answered(503)])('asks again after %o, also for what must not happen twice', (called) => {
    const given = ask(false)
    comes(called)
    comes(called)
    expect([given.result, asked]).toEqual([null, 3])
    comes(answered(200))
    expect(given.result?.ok).toBe(true)
  })

  it.each([silent, answered(504)])('does not ask again after %o what must not happen twice: nobody knows', (called) => {
    const given = ask(false)
    comes(called)
    expect(given.result).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
    expect(asked).toBe(1)
  })

  it('never says that it did not happen when an attempt before was not answered', () => {
    const given = ask(true)
    comes(silent)
    while (given.result === null) comes(notSent)
    expect(given.result).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
  })

  it.each([
    [notSent, 'node-down'],
    [answered(503), 'busy'],
  ])('gives up in time, and says of %o why it did not happen', (called, code) => {
    const given = ask(true)
    for (let times = 0; given.result === null && times < 1_000; times += 1) comes(called)
    expect(given.result).toMatchObject({ ok: false, failure: { code } })
    expect(nowMs - 1_000).toBeLessThanOrEqual(shopClientLimits.withinMs + 2 * shopClientLimits.pauseMs)
    expect(underWay).toEqual([])
  })

  it('leaves no attempt more time than there is', () => {
    ask(true)
    comes(silent, shopClientLimits.withinMs - 100)
    expect(underWay[0]?.withinMs).toBe(100)
  })

  it('takes so much at once, and no more', () => {
    for (let times = 0; times < shopClientLimits.underWayMax; times += 1) ask(true)
    expect(ask(true).result).toMatchObject({ ok: false, failure: { code: 'busy' } })
    comes(answered(200))
    expect(ask(true).result).toBeNull()
  })

  it('knows since when nobody answers, and the last who did for the catalogue', () => {
    ask(true)
    comes(silent)
    expect([client.silentSinceWallMs, changes]).toEqual([1_000, 1])
    comes(notSent)
    expect([client.silentSinceWallMs, changes]).toEqual([1_000, 1])
    comes(answered(200, { 'colmeia-node': 'shop-1', 'colmeia-lag-entries': 'unknown', 'colmeia-age-ms': '40' }))
    expect([client.silentSinceWallMs, changes]).toEqual([null, 2])
    expect(client.last).toMatchObject({ from: 'shop-1', lagEntries: null, ageMs: 40, position: null, isStale: false })
    ask(true)
    comes(answered(201, { 'colmeia-position': '9' }))
    expect(client.last?.from).toBe('shop-1')
  })
})
