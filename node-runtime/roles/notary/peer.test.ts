import { describe, expect, it } from 'vitest'
import { parseNote } from '#cores/notary/receipt/signed-note'
import { openNote } from '#cores/notary/receipt/signing'
import { parseVerifierKey } from '#cores/notary/receipt/verifier-key'
import { toBase64 } from '#kit/base64'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import { fileOf, textOf, VirtualNotary } from './testing/virtual-notary.ts'

function witnessKeys(notary: VirtualNotary, id: NodeId): readonly string[] {
  return notary.found(id, { kind: 'status' }).witnesses.map(({ key }) => key)
}

function othersOf(notary: VirtualNotary, id: NodeId): readonly [NodeId, NodeId] {
  const [one, other] = notary.members.filter((member) => member !== id)
  return [one!, other!]
}

function headOf(notary: VirtualNotary, id: NodeId): string {
  return notary.found(id, { kind: 'status' }).head
}

describe('peers of a notary', () => {
  it('register, and have a checkpoint that a majority has co-signed', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const outcomes = notary.registered(leader, [textOf('one'), fileOf('two')])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['registered', 'registered'])
    notary.untilWitnessed(3)
    const { logKey } = notary.found(leader, { kind: 'status' })
    for (const id of notary.members) {
      const { note } = notary.service(id).witnessed!
      const { secrets } = notary.hosts.host(id)
      const keys = [logKey!, ...witnessKeys(notary, id)].map((key) => parseVerifierKey(key, secrets.sha256)!)
      const opened = openNote(parseNote(note)!, keys, secrets)
      expect(opened).toMatchObject({ kind: 'open', unknown: [] })
      expect(opened.kind === 'open' && opened.good.map(({ key }) => key.use)).toEqual(['log', 'witness', 'witness'])
    }
  })

  it('say nothing of what stands before they have anything of the log: that would look like an empty notary', () => {
    const notary = new VirtualNotary()
    const [id] = notary.members
    const answers: unknown[] = []
    notary
      .service(id!)
      .ask({ kind: 'records', from: 0, limit: 10, order: 'up' }, 'stale', (result) => answers.push(result))
    notary.hosts.until(() => answers.length > 0)
    expect(answers).toMatchObject([{ failure: { code: 'not-ready' } }])
    notary.untilLed()
    notary.untilWitnessed(1)
    expect(notary.found(id!, { kind: 'records', from: 0, limit: 10, order: 'up' }).records).toHaveLength(1)
  })

  it('that are cut off say that they do not know how far behind they are, and count since when', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const [alone] = othersOf(notary, leader)
    notary.hosts.until(() => notary.service(alone).standing.lagEntries === 0)
    notary.hosts.isolate(alone)
    notary.hosts.until(() => notary.service(alone).standing.leader === null)
    notary.registered(notary.untilLed(), [textOf('one')])
    const { lagEntries, leaderSilentMs } = notary.service(alone).standing
    expect(lagEntries).toBeNull()
    notary.hosts.run(500)
    expect(notary.service(alone).standing.leaderSilentMs).toBeGreaterThan(leaderSilentMs ?? Number.NaN)
  })

  it('whose disk is full say neither how far behind they are, nor that a silent leader leads', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const [full] = othersOf(notary, leader)
    notary.hosts.until(() => notary.service(full).standing.lagEntries === 0)
    notary.hosts.host(full).disk.isFull = true
    notary.registered(leader, [textOf('one')])
    notary.hosts.until(() => notary.service(full).standing.lagEntries === null)
    expect(notary.service(full).standing).toMatchObject({ leader, hearsMajority: true })
    notary.powerOff(leader)
    notary.hosts.until(() => notary.service(full).standing.leader === null)
    expect(notary.service(full).standing.hearsMajority).toBe(false)
  })

  it('register nothing where they do not lead, and say who does', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const [follower] = othersOf(notary, leader)
    const results = notary.register(follower, [textOf('one')])
    notary.hosts.until(() => results.length > 0)
    expect(results).toMatchObject([{ failure: { code: 'not-leader' } }])
    expect(notary.service(follower).standing).toMatchObject({ isLeader: false, leader, hearsMajority: true })
  })

  it('register exactly once, though the leader dies in the middle and all is asked again under the same ids', () => {
    const notary = new VirtualNotary()
    const ids = Array.from({ length: 400 }, (_, index) => `document ${index}`)
    const first = notary.untilLed()
    notary.hosts.latencyMs = () => 10
    for (const [index, id] of ids.entries()) {
      notary.register(first, [textOf(id)])
      if (index % 20 === 0) notary.hosts.run(5)
    }
    notary.powerOff(first)
    notary.hosts.until(() => notary.leader !== null && notary.leader !== first)
    const second = notary.untilLed()
    const kinds = ids.map((id) => notary.registered(second, [textOf(id)])[0]!.kind)
    expect(new Set(kinds)).toEqual(new Set(['same-id', 'registered']))
    notary.boot(first)
    notary.untilWitnessed(ids.length + 1)
    for (const member of notary.members) {
      const { records } = notary.found(member, { kind: 'records', from: 1, limit: 1_000, order: 'up' })
      expect(records.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
      expect(headOf(notary, member)).toBe(headOf(notary, second))
    }
  })

  it('come back after a loss of power with the checkpoint that they had', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('one')])
    notary.untilWitnessed(2)
    const before = notary.service(leader).witnessed
    notary.powerOff(leader)
    notary.boot(leader)
    expect(notary.service(leader).witnessed).toEqual(before)
  })

  it('bring a peer that was cut off to the checkpoint of the others, though nothing new is registered', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const [one] = othersOf(notary, leader)
    notary.registered(leader, [textOf('one')])
    notary.untilWitnessed(2)
    notary.hosts.isolate(one)
    notary.registered(leader, [textOf('two')])
    notary.hosts.until(() => notary.service(leader).witnessed?.size === 3)
    expect(notary.service(one).witnessed?.size).toBe(2)
    notary.hosts.cut.clear()
    notary.untilWitnessed(3)
  })

  it('answer nobody while they are asleep', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const { endpoint } = notary.hosts.host(leader)
    const answers: number[] = []
    const faults = { ...notary.member(leader).plan.faults, isPaused: true }
    notary.role(leader).setFaults(faults)
    endpoint.ask({ path: '/health' }, ({ status }) => answers.push(status))
    notary.hosts.run(1_000)
    expect(answers).toEqual([])
    notary.role(leader).setFaults({ ...faults, isPaused: false })
    endpoint.ask({ path: '/health' }, ({ status }) => answers.push(status))
    expect(answers).toEqual([200])
  })
})

describe('the key of the log', () => {
  it('is the same for every member, and stands in no log', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('one')])
    notary.untilWitnessed(2)
    const { secrets } = notary.hosts.host(leader)
    const founded = parseVerifierKey(notary.found(leader, { kind: 'status' }).logKey!, secrets.sha256)!
    const secret = toHex(secrets.secretOf('log-own')!)
    expect(toHex(secrets.key('log-own')!.publicKey)).toBe(toHex(founded.publicKey))
    for (const id of notary.members) {
      const log = notary.member(id).ports.store.view().scan('log')
      const written = log.map(({ value }) => toHex(value)).join(' ')
      expect(written).toContain(toHex(encodeText(founded.name)))
      expect(written).not.toContain(secret)
      expect(written).not.toContain(toHex(encodeText(toBase64(secrets.secretOf('log-own')!).slice(0, 40))))
    }
  })

  it('is found once, although leaders change until it is', () => {
    for (const delayMs of [0, 40, 120, 200, 210, 240, 300, 420]) {
      const notary = new VirtualNotary()
      const first = notary.untilLed()
      notary.hosts.run(delayMs)
      notary.powerOff(first, { losesDisk: true })
      notary.hosts.until(() => notary.leader !== null && notary.leader !== first)
      const second = notary.untilLed()
      notary.boot(first, true)
      notary.registered(second, [textOf('one')])
      notary.untilWitnessed(2)
      const keys = notary.members.map((id) => notary.found(id, { kind: 'status' }).logKey)
      expect(new Set(keys).size, `cut after ${delayMs} ms`).toBe(1)
    }
  })
})

describe('witnesses', () => {
  it('begin under a new key when they have lost their disk, and the list says so', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    const [one, other] = othersOf(notary, leader)
    notary.registered(leader, [textOf('one')])
    notary.untilWitnessed(2)
    notary.hosts.until(() => witnessKeys(notary, leader).length === 3)
    const before = witnessKeys(notary, leader)
    notary.powerOff(one, { losesDisk: true })
    notary.boot(one, true)
    notary.hosts.until(() => {
      const now = witnessKeys(notary, leader)
      return now.length === 3 && now.some((key) => !before.includes(key))
    })
    expect(witnessKeys(notary, leader).filter((key) => before.includes(key))).toHaveLength(2)
    // What was judged by the list of then still is, also where nothing was registered since.
    const keysFor2 = notary.found(leader, { kind: 'witnesses', size: 2 }).witnesses.map(({ key }) => key)
    expect(keysFor2).toEqual(before)
    notary.registered(leader, [textOf('two')])
    notary.untilWitnessed(3)
    expect(notary.found(leader, { kind: 'witnesses', size: 3 }).witnesses.map(({ key }) => key)).not.toEqual(before)
    // It counts: with the other one gone, the two make a majority.
    notary.powerOff(other)
    notary.registered(notary.untilLed(), [textOf('three')])
    notary.untilWitnessed(4)
  })
})

describe('the time of a record', () => {
  it('is as wrong as it says it may be, also where an earlier leader has led the log into the future', () => {
    const notary = new VirtualNotary()
    const [ahead, next] = othersOf(notary, notary.untilLed())
    const skewMs = 3_600_000
    notary.powerOff(ahead)
    notary.hosts.host(ahead).clock.skewMs = skewMs
    notary.boot(ahead, true)
    const lead = (node: NodeId): void => {
      notary.hosts.until(() => {
        const leader = notary.untilLed()
        if (leader !== node) notary.request(leader, { kind: 'hand-over', to: node })
        return leader === node
      })
      notary.hosts.until(() => notary.role(node).facts().clockSync?.errorMs != null)
    }
    const doubt = (text: string): { errorMs: number; wrongMs: number } => {
      const [outcome] = notary.registered(notary.untilLed(), [textOf(text)])
      if (outcome?.kind !== 'registered') throw new Error('not new')
      const { atMs, by } = outcome.record
      return { errorMs: by.errorMs!, wrongMs: Math.abs(atMs - notary.hosts.host(next).clock.wall()) }
    }
    lead(ahead)
    const before = doubt('by the one that is ahead')
    expect(before.wrongMs).toBeGreaterThan(skewMs / 2)
    expect(before.errorMs).toBeGreaterThanOrEqual(before.wrongMs)
    notary.powerOff(ahead)
    lead(next)
    notary.hosts.run(10_000)
    const after = doubt('by one that is not')
    expect(after.errorMs).toBeGreaterThanOrEqual(after.wrongMs)
  })
})
