import { noFaults } from '#contract/worker/faults'
import type { NotaryRecord } from '#cores/notary/messages'
import { majorityOf } from '#cores/notary/receipt/policy'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { decodeEnvelope } from '../../envelope.ts'
import { cosigningKinds, decodeCosigned } from '../cosigning-codec.ts'
import { tamperWith } from '../tamper.ts'
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
  /** Whose copy was changed by accident, in which life of its disk: it is well again in the next one. */
  readonly #changed = new Map<NodeId, number>()
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
    this.#untilAllRegistered()
    for (let waitedMs = 0; waitedMs < 60_000 && this.#unsound.length > 0; waitedMs += 1_000) {
      this.#run(1_000)
      for (const id of this.#unsound) this.#endLesson(id)
    }
    this.#wrong.push(...this.#unsound.map((id) => `${id} keeps a wrong copy`))
    if (this.#unsound.length === 0) this.#judge()
    const { size: registered } = this.#done
    return { wrong: this.#wrong, registered, cosigned: this.#rootOf.size, reached: this.#reached }
  }

  #untilAllRegistered(): void {
    for (let waitedMs = 0; this.#waiting.size > 0; waitedMs += 50) {
      if (waitedMs > 60_000) throw new Error(`calm, and ${this.#waiting.size} are not registered`)
      this.#ask(false)
      this.#run(50)
    }
  }

  #run(ms: number): void {
    this.#notary.hosts.run(ms)
    this.#nowMs += ms
    for (const [id, atMs] of this.#wakeMs) if (atMs <= this.#nowMs) this.#wake(id)
  }

  #trouble(): void {
    const { hosts } = this.#notary
    const id = this.#random.pick(this.#notary.members)
    switch (this.#random.below(38)) {
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
        // Who has to throw a copy away on a full disk ends, and begins again: that is the worker's, and not here.
        if (this.#sick.includes(id)) return
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
      case 13:
      case 14:
        return this.#change(id)
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

  /** As nobody meant it. A copy that is wrong again so soon would wait for somebody, so it happens to each once. */
  #change(id: NodeId): void {
    if (this.#changed.has(id) || !this.#areAllWell()) return
    const { replica } = this.#notary.member(id)
    const { size } = this.#notary.found(id, { kind: 'status' })
    if (size < 10) return
    this.#changed.set(id, replica.view.incarnation)
    replica.spoil((state) => void tamperWith(state, 1 + this.#random.below(size - 1)))
    // Or somebody's question finds it.
    if (this.#random.chance(1, 2)) this.#notary.request(id, { kind: 'examine' })
    this.#reached.add('changed by accident')
  }

  /** Also those that do not know it, and those that are away to be well again. */
  get #sick(): readonly NodeId[] {
    return this.#notary.members.filter((id) => {
      if (!this.#notary.isUp(id)) return this.#changed.has(id)
      const { view } = this.#notary.member(id).replica
      const isVoter = view.membership.some(
        ({ node, incarnation, isVoter: votes }) => node === id && incarnation === view.incarnation && votes,
      )
      const isChanged = this.#changed.get(id) === view.incarnation
      return isChanged || !isVoter || this.#notary.service(id).standing.broken !== null
    })
  }

  /** In calm all are examined: what was changed shortly before the power went never came to the disk. */
  get #unsound(): readonly NodeId[] {
    const sick = this.#sick
    return this.#notary.members.filter((id) => {
      const kind = this.#notary.role(id).facts().notary?.examination.kind
      return kind === 'running' || kind === 'broken' || (kind !== 'sound' && sick.includes(id))
    })
  }

  /** Whoever was to repair it may have lost its power before. */
  #endLesson(id: NodeId): void {
    const view = this.#notary.role(id).facts().notary?.examination
    if (view?.kind === 'broken' && !view.isHealing) this.#notary.request(id, { kind: 'repair' })
  }

  #areAllWell(): boolean {
    const { members, up, leader } = this.#notary
    if (this.#sick.length > 0) return false
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
      this.#notary.request(id, { kind: 'examine' })
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
      const envelope = decodeEnvelope(bytes)
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
    // Time for those who lost their keys to tell their new ones.
    this.#run(2_000)
    if (!this.#canBeWitnessed(this.#done.size + 1)) {
      this.#waiting.set('the last document', 0)
      this.#untilAllRegistered()
    }
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

  /** NT10: where too many of those who judge a size have lost their keys, the next one alone is co-signed. */
  #canBeWitnessed(size: number): boolean {
    const leader = this.#notary.untilLed()
    const { witnesses, members } = this.#notary.found(leader, { kind: 'witnesses', size })
    const now = this.#notary.found(leader, { kind: 'status' }).witnesses.map(({ key }) => key)
    return witnesses.filter(({ key }) => now.includes(key)).length >= majorityOf(members)
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
