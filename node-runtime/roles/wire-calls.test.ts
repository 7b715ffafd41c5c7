import { beforeEach, describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import type { EndpointAnswer, Handler } from '#ports/endpoint'
import { apiLimits } from './api-codec.ts'
import { serveApiOnWire } from './api-on-wire.ts'
import { Post } from './post.ts'
import { VirtualHosts } from './testing/virtual-hosts.ts'
import { type Called, WireCalls, wireCallLimits } from './wire-calls.ts'

const [asker, server] = ['asker', 'server'].map(nodeId) as [NodeId, NodeId]
const request = { method: 'GET', path: '/', query: new Map(), headers: {}, body: new Uint8Array(0) }
const ok: EndpointAnswer = { status: 200, headers: {}, body: 'ok' }

let hosts: VirtualHosts
let heard: Called[]

beforeEach(() => {
  hosts = new VirtualHosts([asker, server])
  heard = []
})

function postOn(id: NodeId, life = 1): Post {
  const { wire, clock, lamport, trace } = hosts.host(id)
  const post = new Post({ id, life, lamport, ports: { wire, clock, trace } })
  wire.listen((from, bytes) => post.receive(from, bytes))
  return post
}

function callsOn(id: NodeId, life = 1): WireCalls {
  const { wire, clock } = hosts.host(id)
  const calls = new WireCalls({ post: postOn(id, life), clock, wire })
  clock.every(wireCallLimits.lookEveryMs, () => calls.look())
  return calls
}

const serve = (handler: Handler): void => serveApiOnWire(handler, postOn(server))
const ask = (calls: WireCalls, withinMs = 200): void =>
  hosts.live(hosts.host(asker), () => calls.ask(server, { request, withinMs }, (called) => heard.push(called)))
const body = (): string => (heard[0]?.kind === 'answered' ? new TextDecoder().decode(heard[0].answer.body) : '')

describe('a call', () => {
  it('is answered once', () => {
    serve((_, answer) => answer(ok))
    ask(callsOn(asker))
    hosts.run(500)
    expect(heard).toMatchObject([{ kind: 'answered', answer: { status: 200 } }])
    expect(body()).toBe('ok')
  })

  it('is silent when nobody answers in time, and what comes later is nobody’s', () => {
    const late: (() => void)[] = []
    serve((_, answer) => void late.push(() => answer(ok)))
    ask(callsOn(asker))
    hosts.run(400)
    expect(heard).toEqual([{ kind: 'silent' }])
    hosts.live(hosts.host(server), () => late[0]?.())
    hosts.run(100)
    expect(heard).toHaveLength(1)
  })

  it('of a former life is not answered in the next one', () => {
    const late: (() => void)[] = []
    serve((_, answer) => void late.push(() => answer({ ...ok, body: `number ${late.length}` })))
    ask(callsOn(asker, 1))
    hosts.run(10)
    hosts.host(asker).crash()
    heard = []
    ask(callsOn(asker, 2))
    hosts.run(10)
    hosts.live(hosts.host(server), () => late[0]?.())
    hosts.run(50)
    expect(heard).toEqual([])
    hosts.live(hosts.host(server), () => late[1]?.())
    hosts.run(50)
    expect(heard).toHaveLength(1)
  })

  it('past the limit is not sent', () => {
    const calls = callsOn(asker)
    for (let count = 0; count < wireCallLimits.underWayMax; count += 1) ask(calls)
    expect(heard).toEqual([])
    ask(calls)
    expect(heard).toEqual([{ kind: 'not-sent' }])
  })
})

describe('a long answer', () => {
  const long = 'ção'.repeat(2_000_000)

  it('comes whole, in parts', () => {
    serve((_, answer) => answer({ ...ok, body: long }))
    ask(callsOn(asker))
    hosts.run(100)
    expect(body() === long).toBe(true)
  })

  it('that lost a part is silence', () => {
    serve((_, answer) => answer({ ...ok, body: long }))
    const calls = callsOn(asker)
    let carried = 0
    hosts.latencyMs = () => {
      carried += 1
      // The request is the first; of what comes back one part takes for ever.
      return carried === 4 ? 1_000_000 : 0
    }
    ask(calls)
    hosts.run(500)
    expect(heard).toEqual([{ kind: 'silent' }])
  })

  it('past every limit is said to be that', () => {
    serve((_, answer) => answer({ ...ok, body: 'x'.repeat(apiLimits.longBodyBytesMax + 1) }))
    ask(callsOn(asker))
    hosts.run(100)
    expect(heard).toMatchObject([{ kind: 'answered', answer: { status: 500 } }])
  })
})
