import { noFaults } from '#contract/worker/faults'
import { LamportClock } from '#cores/clocks/lamport'
import type { NotaryRecord } from '#cores/notary/messages'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { decodeEnvelope } from '../../envelope.ts'
import { cosigningKinds, decodeCosigned } from '../cosigning-codec.ts'
import { textOf, VirtualNotary } from './virtual-notary.ts'

const retryAfterMs = 1_500
const underWayMax = 40

export interface ChaosEnd {
  readonly wrong: readonly string[]
  readonly registered: number
  readonly cosigned: number
  readonly reached: ReadonlySet<string>
}

/** Peers that lose their power, their links, their room and their disks, and clients that ask again under the same ids. */
export class NotaryChaos {
  readonly #random: Random
  readonly #notary = new VirtualNotary()
  readonly #wakeMs = new Map<NodeId, number>()
  readonly #waiting = new Map<string, number>()
  readonly #done = new Set<string>()
  readonly #reached = new Set<string>()
  readonly #wrong: string[] = []
  readonly #rootOf = new Map<string, string>()
  #asked = 0
  #nowMs = 0

  constructor(seed: string) {
    this.#random = new Random(seed)
    const luck = this.#random.fork('latency')
    this.#notary.hosts.latencyMs = () => luck.below(6) * 5
    for (const id of this.#notary.members) this.#eavesdrop(id)
  }

  play(troubleMs: number): ChaosEnd {
    while (this.#nowMs < troubleMs) {
      this.#trouble()
      this.#ask()
      this.#run(50)
    }
    this.#calm()
    for (let waitedMs = 0; this.#waiting.size > 0; waitedMs += 50) {
      if (waitedMs > 60_000) throw new Error(`calm, and ${this.#waiting.size} are not registered`)
      this.#ask(false)
      this.#run(50)
    }
    this.#judge()
    const { size: registered } = this.#done
    return { wrong: this.#wrong, registered, cosigned: this.#rootOf.size, reached: this.#reached }
  }

  #run(ms: number): void {
    this.#notary.hosts.run(ms)
    this.#nowMs += ms
    for (const [id, atMs] of this.#wakeMs) if (atMs <= this.#nowMs) this.#wake(id)
  }

  #trouble(): void {
    const { hosts } = this.#notary
    const id = this.#random.pick(this.#notary.members)
    switch (this.#random.below(36)) {
      case 0:
        return this.#powerOff(id, 'power lost')
      case 1: {
        const { leader } = this.#notary
        return leader === null ? undefined : this.#powerOff(leader, 'leader lost')
      }
      case 2:
        this.#reached.add('cut')
        return hosts.isolate(id)
      case 3:
      case 4:
      case 5:
        return hosts.cut.clear()
      case 6:
        this.#reached.add('disk full')
        hosts.host(id).disk.isFull = true
        return
      case 7:
      case 8:
        hosts.host(id).disk.isFull = false
        return
      case 9:
      case 10:
        return this.#loseDisk(id)
      case 11: {
        const leads = this.#notary.leader
        if (leads !== null) this.#notary.request(leads, { kind: 'hand-over', to: id })
        return
      }
      case 12:
        return this.#tamper(id)
    }
  }

  #powerOff(id: NodeId, why: string, losesDisk = false): void {
    if (!this.#notary.isUp(id)) return
    this.#reached.add(why)
    this.#notary.powerOff(id, { losesDisk })
    this.#wakeMs.set(id, this.#nowMs + 100 + this.#random.below(1_500))
  }

  /** One at a time: of a group of three no more may be lost at once. */
  #loseDisk(id: NodeId): void {
    if (this.#areAllWell()) this.#powerOff(id, 'disk lost', true)
  }

  #tamper(id: NodeId): void {
    if (!this.#areAllWell()) return
    const { size } = this.#notary.found(id, { kind: 'status' })
    if (size < 10) return
    this.#notary.request(id, { kind: 'tamper', index: 1 + this.#random.below(size - 1) })
    this.#notary.request(id, { kind: 'repair' })
    this.#reached.add('tampered with')
  }

  #areAllWell(): boolean {
    const { members, up, leader } = this.#notary
    if (up.length < members.length || leader === null || this.#notary.hosts.cut.size > 0) return false
    return members.every((id) => {
      const { leadership } = this.#notary.role(id).facts()
      const isSure = leadership?.leader === leader && leadership.lost.length === 0
      return isSure && leadership.members.length === members.length && !this.#notary.hosts.host(id).disk.isFull
    })
  }

  #wake(id: NodeId): void {
    const { disk } = this.#notary.hosts.host(id)
    // On a full disk nothing can be founded, and that is another test's.
    disk.isFull = false
    this.#wakeMs.delete(id)
    this.#notary.boot(id, true)
    this.#eavesdrop(id)
  }

  #calm(): void {
    this.#notary.hosts.cut.clear()
    for (const id of this.#notary.members) {
      this.#notary.hosts.host(id).disk.isFull = false
      if (this.#wakeMs.has(id)) this.#wake(id)
      this.#notary.role(id).setFaults(noFaults)
    }
  }

  /** What is not answered in time is asked again, wherever somebody leads then. */
  #ask(wantsMore = true): void {
    while (wantsMore && this.#waiting.size < underWayMax) {
      this.#asked += 1
      this.#waiting.set(`document ${this.#asked}`, 0)
    }
    const { leader } = this.#notary
    if (leader === null) return
    for (const [id, dueMs] of this.#waiting) {
      if (dueMs > this.#nowMs) continue
      this.#waiting.set(id, this.#nowMs + retryAfterMs)
      this.#register(leader, id)
    }
  }

  #register(leader: NodeId, id: string): void {
    const { hosts } = this.#notary
    hosts.live(hosts.host(leader), () =>
      this.#notary.service(leader).register({ registrations: [textOf(id)], duplicates: 'found' }, (result) => {
        if (!result.ok) return void (this.#waiting.has(id) && this.#waiting.set(id, 0))
        const [outcome] = result.value
        if (outcome?.kind === 'refused' || outcome?.record.id !== id) this.#wrong.push(`${id} got another's outcome`)
        if (outcome?.kind === 'same-id') this.#reached.add('found again')
        this.#waiting.delete(id)
        this.#done.add(id)
      }),
    )
  }

  /** No witness ever signs two roots at one size, whoever hears it. */
  #eavesdrop(id: NodeId): void {
    this.#notary.hosts.host(id).wire.listen((_, bytes) => {
      const envelope = decodeEnvelope(bytes, new LamportClock())
      if (envelope?.kind !== cosigningKinds.cosignatures) return
      const cosigned = decodeCosigned(envelope.body)
      if (cosigned === null) return void this.#wrong.push('a peer said what is no cosignature')
      for (const { name, keyId } of cosigned.signatures) {
        const place = `${name} ${keyId} at ${cosigned.point.size}`
        const root = toHex(cosigned.point.root)
        if ((this.#rootOf.get(place) ?? root) !== root) this.#wrong.push(`two roots: ${place}`)
        this.#rootOf.set(place, root)
      }
    })
  }

  #judge(): void {
    const size = this.#done.size + 1
    this.#notary.untilWitnessed(size)
    const chains = this.#notary.members.map((id) => this.#chain(id, size))
    const ids = chains[0]?.map((record) => record.id).slice(1) ?? []
    if (new Set(ids).size < ids.length) this.#wrong.push('something is registered twice')
    const lost = [...this.#done].filter((id) => !ids.includes(id))
    if (lost.length > 0) this.#wrong.push(`lost, though acknowledged: ${lost.join(' ')}`)
    const heads = new Set(chains.map((chain) => chain.at(-1)?.hash))
    if (heads.size !== 1) this.#wrong.push('the chains differ')
    for (const id of this.#notary.members) this.#examine(id)
  }

  #chain(id: NodeId, size: number): readonly NotaryRecord[] {
    const chain: NotaryRecord[] = []
    while (chain.length < size) {
      const { records } = this.#notary.found(id, { kind: 'records', from: chain.length, limit: 500, order: 'up' })
      if (records.length === 0) return chain
      chain.push(...records)
    }
    return chain
  }

  #examine(id: NodeId): void {
    this.#notary.request(id, { kind: 'examine' })
    const view = () => this.#notary.role(id).facts().notary?.examination
    this.#notary.hosts.until(() => view()?.kind !== 'running')
    if (view()?.kind !== 'sound') this.#wrong.push(`${id}: ${JSON.stringify(view())}`)
  }
}
