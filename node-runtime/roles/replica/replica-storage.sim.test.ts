import { describe, expect, it } from 'vitest'
import { decodeRaftMessage, encodeRaftMessage } from '#cores/raft/codec'
import type { LogEnd, RaftInput } from '#cores/raft/messages'
import { decodeRegisterAnswer } from '#cores/registers/answers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { crc32 } from '#kit/crc32'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { encodeCommand, encodeOpenSession } from './entry-payload.ts'
import { StorageNode } from './testing/storage-node.ts'

const ids = ['n1', 'n2', 'n3'].map(nodeId)
const seeds = 20
const troubledRounds = 1_000
const calmRoundsMax = 600
/** Where an entry's record has its checksum. */
const checksumAt = 4
const keys = Array.from({ length: 9 }, (_, key) => `k${key}`)

/** Three cores, each on its own storage, and one client that asks until it is answered. */
class World {
  readonly #random: Random
  readonly nodes: readonly StorageNode[]
  #wire: { readonly from: NodeId; readonly to: NodeId; readonly bytes: Uint8Array }[] = []
  readonly #cut = new Set<NodeId>()
  /** What was applied at each index, by whichever node was first. */
  readonly #applied = new Map<number, number>()
  #session: number | null = null
  #number = 1
  readonly acknowledged: number[] = []
  #asked: { readonly node: StorageNode; end: LogEnd | null; roundsLeft: number } | null = null

  constructor(seed: string) {
    this.#random = new Random(seed)
    this.nodes = ids.map((id) => new StorageNode(id, ids, this.#random.fork(id)))
    for (const node of this.nodes) {
      node.onApplied = (entry, outcome) => {
        const sum = new DataView(entry.bytes.buffer, entry.bytes.byteOffset).getUint32(checksumAt, true)
        expect(this.#applied.get(entry.index) ?? sum, `entry ${entry.index} at ${node.id}`).toBe(sum)
        this.#applied.set(entry.index, sum)
        const asked = this.#asked
        if (asked?.node !== node || asked.end?.index !== entry.index || asked.end.term !== entry.term) return
        this.#asked = null
        if (outcome.kind === 'session-opened') this.#session = outcome.session
        if (outcome.kind !== 'executed' && outcome.kind !== 'repeated') return
        this.acknowledged.push(this.#number)
        this.#number += 1
      }
    }
  }

  round(isTroubled: boolean): void {
    if (isTroubled) this.#makeTrouble()
    else this.#makeCalm()
    for (const node of this.nodes) {
      if (this.#random.chance(1, 8)) node.compact()
      node.storage.tick()
      const inputs: RaftInput[] = [...this.#delivered(node.id, isTroubled), { kind: 'tick' }]
      // Now and then somebody is asked who does not lead, or does so no longer.
      const isAsked = this.#asked === null && (node.core.view.role === 'leader' || this.#random.chance(1, 9))
      if (isAsked) inputs.push(this.#ask(node))
      const output = node.step(inputs)
      for (const { to, message } of output?.messages ?? []) {
        this.#wire.push({ from: node.id, to, bytes: encodeRaftMessage(message) })
      }
      const accepted = output?.accepted[0]
      if (accepted !== undefined && this.#asked?.node === node) this.#asked.end = accepted.end
    }
    if (this.#asked !== null && --this.#asked.roundsLeft === 0) this.#asked = null
  }

  #makeTrouble(): void {
    const node = this.#random.pick(this.nodes)
    if (this.#random.chance(1, 40)) node.trouble = this.#random.pick(['cut-before', 'cut-after', 'full'] as const)
    if (this.#random.chance(1, 80)) node.restart()
    if (this.#random.chance(1, 150)) node.isFull = true
    if (this.#random.chance(1, 20)) for (const other of this.nodes) other.regainDisk()
    if (this.#random.chance(1, 100)) this.#cut.add(node.id)
    if (this.#random.chance(1, 60)) this.#cut.clear()
  }

  #makeCalm(): void {
    this.#cut.clear()
    for (const node of this.nodes) {
      node.trouble = 'none'
      node.regainDisk()
    }
  }

  #delivered(to: NodeId, isTroubled: boolean): readonly RaftInput[] {
    const inputs: RaftInput[] = []
    this.#wire = this.#wire.filter((carried) => {
      if (carried.to !== to) return true
      const isLost = this.#cut.has(to) || this.#cut.has(carried.from) || (isTroubled && this.#random.chance(1, 30))
      if (!isLost && isTroubled && this.#random.chance(1, 4)) return true
      const message = decodeRaftMessage(carried.bytes)
      if (!isLost && message !== null) inputs.push({ kind: 'message', from: carried.from, message })
      return false
    })
    return inputs
  }

  #ask(node: StorageNode): RaftInput {
    this.#asked = { node, end: null, roundsLeft: 20 }
    return { kind: 'propose', ref: this.#number, payload: this.#payload(), atMs: 0, lamport: 0 }
  }

  #payload(): Uint8Array {
    if (this.#session === null) return encodeOpenSession()
    const number = this.#number
    const command = encodeRegisterCommand(
      number % 2 === 0
        ? { kind: 'write', key: `k${number % 9}`, value: new Uint8Array(60_000).fill(number % 256) }
        : { kind: 'append', key: 'all', item: Uint8Array.of(number % 256, number >> 8) },
    )
    return encodeCommand({ session: this.#session, number }, command)
  }

  get isSettled(): boolean {
    const applied = this.nodes.map(({ storage }) => storage.appliedIndex)
    return this.acknowledged.length > 0 && new Set(applied).size === 1 && this.#wire.length < 20
  }
}

function stateOf({ storage }: StorageNode): string {
  const asked = [...keys.map((key) => ({ kind: 'read' as const, key })), { kind: 'read-list' as const, key: 'all' }]
  return asked.map((query) => crc32(storage.query(encodeRegisterQuery(query)))).join(' ')
}

function listOf({ storage }: StorageNode): readonly number[] {
  const answer = decodeRegisterAnswer(storage.query(encodeRegisterQuery({ kind: 'read-list', key: 'all' })))
  return answer?.kind === 'list' ? answer.items.map(([low = 0, high = 0]) => low + high * 256) : []
}

describe('three cores on three storages', () => {
  it('lose nothing that was acknowledged and do nothing twice, whatever happens to their disks and wires', () => {
    const seen = { restarts: 0, refusals: 0, installed: 0, resumed: 0, compacted: 0, acknowledged: 0 }
    for (let seed = 0; seed < seeds; seed += 1) {
      const world = new World(`storage ${seed}`)
      for (let round = 0; round < troubledRounds; round += 1) world.round(true)
      let calm = 0
      for (; calm < calmRoundsMax && (calm < 50 || !world.isSettled); calm += 1) world.round(false)
      expect(calm, `seed ${seed} settles`).toBeLessThan(calmRoundsMax)
      expect(new Set(world.nodes.map(stateOf)).size, `seed ${seed} has one state`).toBe(1)
      const list = listOf(world.nodes[0]!)
      expect(new Set(list).size, `seed ${seed}: nothing twice`).toBe(list.length)
      const appended = world.acknowledged.filter((number) => number % 2 === 1)
      expect(
        appended.filter((number) => !list.includes(number)),
        `seed ${seed}: nothing lost`,
      ).toEqual([])
      seen.acknowledged += world.acknowledged.length
      for (const node of world.nodes) {
        for (const name of ['restarts', 'refusals', 'installed', 'resumed', 'compacted'] as const) {
          seen[name] += node.seen[name]
        }
      }
    }
    for (const [what, count] of Object.entries(seen)) expect(count, `${what} in all`).toBeGreaterThan(0)
  })
})
