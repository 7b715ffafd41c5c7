import { describe, expect, it } from 'vitest'
import { LamportClock } from '#cores/clocks/lamport'
import { checkReceipt } from '#cores/notary/receipt/check'
import { parsePolicy } from '#cores/notary/receipt/policy'
import { decodeText, encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import {
  type AnsweredOverWire,
  apiAnswerKind,
  apiRequestKind,
  decodeApiAnswer,
  encodeApiRequest,
} from '../api-codec.ts'
import { Post } from '../post.ts'
import { FakeTrace } from '../testing/fake-ports.ts'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

const json = { 'content-type': 'application/json' }
const desk = nodeId('desk')

function textFrom(notary: VirtualNotary, id: NodeId, path: string): string {
  const [bare = '', query = ''] = path.split('?')
  const { status, body } = notary.http(id, { path: bare, query: new Map(new URLSearchParams(query)) })
  const text = decodeText(body) ?? ''
  if (status !== 200) throw new Error(`${path} at ${id}: ${status} ${text}`)
  return text
}

describe('what a peer answers', () => {
  it('is the same chain at every peer, also before anything was registered', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    // The others hear a tick later that there is something.
    notary.hosts.run(100)
    const chains = () => new Set(notary.members.map((id) => textFrom(notary, id, '/blockchain')))
    expect(JSON.parse([...chains()][0]!).chain).toHaveLength(1)
    const body = encodeText(JSON.stringify({ document: 'Contrato nº 1' }))
    const registered = notary.http(leader, { method: 'POST', path: '/register', headers: json, body })
    expect(registered.status).toBe(201)
    notary.untilWitnessed(2)
    expect(chains().size).toBe(1)
    expect(JSON.parse([...chains()][0]!).chain[1]).toMatchObject({ data: 'Contrato nº 1' })
  })

  it('points writes to the leader by its address', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    notary.hosts.run(1_000)
    const follower = notary.members.find((id) => id !== leader)!
    const body = encodeText(JSON.stringify({ document: 'x' }))
    const refused = notary.http(follower, { method: 'POST', path: '/register', headers: json, body })
    expect(refused.status).toBe(403)
    expect(JSON.parse(decodeText(refused.body)!)).toMatchObject({ leader_hint: 'virtual:0' })
  })

  it('has receipts that prove themselves with the policy of the notary', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('one'), textOf('two')])
    notary.untilWitnessed(3)
    const { secrets } = notary.hosts.host(leader)
    for (const id of notary.members) {
      const policy = parsePolicy(textFrom(notary, id, '/api/v1/policy'), secrets.sha256)
      const receipt = textFrom(notary, id, '/api/v1/receipts/2')
      const sha256 = secrets.sha256(encodeText('two'))
      expect(checkReceipt({ receipt, sha256, policies: [policy!], sums: secrets })).toMatchObject({ kind: 'proven' })
    }
  })

  it('comes over the wire too, for whoever the wire knows', () => {
    const notary = new VirtualNotary(['a', 'b', 'c'], [desk])
    const leader = notary.untilLed()
    const { wire, clock } = notary.hosts.host(desk)
    const post = new Post({
      id: desk,
      life: 1,
      lamport: new LamportClock(),
      ports: { wire, clock, trace: new FakeTrace() },
    })
    wire.listen((from, bytes) => post.receive(from, bytes))
    const answers: AnsweredOverWire[] = []
    post.read([apiAnswerKind], ({ body }) => {
      answers.push(decodeApiAnswer(body)!)
      return null
    })
    const request = { method: 'GET', path: '/api/v1/status', query: new Map(), headers: {}, body: new Uint8Array(0) }
    post.send(leader, { kind: apiRequestKind, body: encodeApiRequest({ ref: 41, request }), cause: null })
    notary.hosts.until(() => answers.length > 0)
    expect(answers).toMatchObject([{ ref: 41, answer: { status: 200 } }])
    post.send(leader, { kind: apiRequestKind, body: new Uint8Array(3), cause: null })
    notary.hosts.run(50)
    expect(notary.role(leader).facts().anomalies).toBe(1)
  })

  it('is no key and no signature for whoever is no member', () => {
    const notary = new VirtualNotary(['a', 'b', 'c'], [desk])
    const leader = notary.untilLed()
    notary.hosts.run(1_000)
    const { wire, clock, secrets } = notary.hosts.host(desk)
    const post = new Post({
      id: desk,
      life: 1,
      lamport: new LamportClock(),
      ports: { wire, clock, trace: new FakeTrace() },
    })
    const heard: string[] = []
    wire.listen((_, bytes) => heard.push(decodeText(bytes.subarray(20, 40)) ?? ''))
    const key = notary.hosts.host(leader).secrets.key('log-own')!.publicKey
    for (const kind of ['log-key-wanted', 'checkpoint-wanted']) {
      post.send(leader, { kind, body: kind === 'log-key-wanted' ? key : new Uint8Array(0), cause: null })
    }
    notary.hosts.run(1_000)
    expect(heard).toEqual([])
    expect(notary.role(leader).facts().anomalies).toBe(2)
    expect(secrets.key('log-own')).toBeNull()
  })
})
