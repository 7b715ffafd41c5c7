import { beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import type { EndpointAnswer } from '#ports/endpoint'
import { VirtualClock } from '#sim/virtual-clock'
import type { WholeAnswer } from '../../api-codec.ts'
import type { Called } from '../../wire-calls.ts'
import { type Passage, Passing, passingLimits, type Verdict } from './passing.ts'
import { Visitors, visitorLimits } from './visitors.ts'

const nodes = ['a', 'b', 'c'].map(nodeId)
const [a, b, c] = nodes as [NodeId, NodeId, NodeId]
const request = { method: 'PUT', path: '/', query: new Map(), headers: {}, body: new Uint8Array(0) }
const answer = (status: number, told = ''): WholeAnswer => ({ status, headers: {}, body: encodeText(told) })

let clock: VirtualClock
let asked: NodeId[]
/** What each is asked next and says to it. */
let says: (node: NodeId, count: number) => Called
let done: EndpointAnswer[]

beforeEach(() => {
  clock = new VirtualClock(0, 0)
  asked = []
  done = []
})

const told = (status: number): Called => ({ kind: 'answered', answer: answer(status), tookMs: 1 })
const give: Verdict = { kind: 'give' }

function pass(passage: Partial<Passage> = {}): void {
  const calls = {
    ask: (to: NodeId, _: unknown, heard: (called: Called) => void) => {
      asked.push(to)
      heard(says(to, asked.length))
    },
  }
  const nobody = (): void => {}
  new Passing({ calls, clock, heard: nobody, silent: nobody, failedOver: nobody, unknown: nobody }).pass({
    ...{ request, isRepeatable: true, deadlineMs: 1_000, silenceMs: 100 },
    nextNode: (tried) => nodes.find((node) => !tried.includes(node)) ?? null,
    judge: ({ status }) => (status === 503 || status === 504 ? { kind: 'again', to: null } : give),
    done: (one) => done.push(one),
    ...passage,
  })
}

describe('a request on its way', () => {
  it('goes on to the next node where one is silent', () => {
    says = (node) => (node === c ? told(200) : { kind: 'silent' })
    pass()
    expect([asked, done.map(({ status }) => status)]).toEqual([[a, b, c], [200]])
  })

  it('that may not happen twice ends with the first silence, and nobody knows', () => {
    says = () => ({ kind: 'silent' })
    pass({ isRepeatable: false })
    expect([asked, done.map(({ status }) => status)]).toEqual([[a], [504]])
  })

  it('that was certainly not sent goes on, whatever it is, until there is no time', () => {
    says = () => ({ kind: 'not-sent' })
    pass({ isRepeatable: false })
    clock.advanceTo(2_000)
    expect(asked.length).toBeGreaterThan(nodes.length)
    expect(done.map(({ status }) => status)).toEqual([503])
  })

  it('is unknown at the end if one of its attempts is', () => {
    says = (_, count) => (count === 1 ? { kind: 'silent' } : told(503))
    pass()
    clock.advanceTo(2_000)
    expect(done.map(({ status }) => status)).toEqual([504])
  })

  it('is asked again after an answer that nobody knows, and is told what came of it', () => {
    says = (_, count) => told(count === 1 ? 504 : 201)
    pass()
    clock.advanceTo(passingLimits.pauseMs)
    expect(done.map(({ status }) => status)).toEqual([201])
  })

  it('follows hints, but not in a circle', () => {
    says = () => told(503)
    pass({ judge: (_, __) => ({ kind: 'again', to: asked.at(-1) === a ? b : a }) })
    expect(asked).toHaveLength(passingLimits.hintsFollowedMax + 1)
    clock.advanceTo(2_000)
    expect(done.map(({ status }) => status)).toEqual([503])
  })

  it('takes the older answer where whoever should have the newer one is silent', () => {
    says = (node) => (node === a ? told(200) : { kind: 'silent' })
    pass({ judge: () => ({ kind: 'better-elsewhere', to: c }) })
    expect([asked, done.map(({ status }) => status)]).toEqual([[a, c], [200]])
  })
})

it('visitors who are forgotten are taken for those who wrote last of all of them', () => {
  const visitors = new Visitors()
  for (let number = 0; number <= visitorLimits.rememberedMax; number += 1) visitors.wrote(`v${number}`, 7 + number)
  expect([visitors.wroteTo('v0'), visitors.wroteTo('v1'), visitors.wroteTo('nobody')]).toEqual([7, 8, 7])
})
