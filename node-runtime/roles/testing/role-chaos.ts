import { type FaultRules, noFaults } from '#contract/worker/faults'
import { LamportClock } from '#cores/clocks/lamport'
import { decodeRegisterAnswer } from '#cores/registers/answers'
import { registers } from '#cores/registers/registers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { decodeText, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { Post } from '../post.ts'
import { Lanes } from '../replica/lanes.ts'
import { LogClient } from '../replica/log-client.ts'
import { replicatedPeer } from '../replicated-peer.ts'
import type { RunningRole } from '../role.ts'
import { FakeTrace } from './fake-ports.ts'
import { PowerGone, type VirtualHost, VirtualHosts, virtualPlan } from './virtual-hosts.ts'

const start = replicatedPeer(registers)
const client = 'client'
const list = 'list'
const lanesMax = 6

/** What a run found wrong, in words; and what happened in it, so that a run of nothing can be told. */
export interface ChaosEnd {
  readonly wrong: readonly string[]
  readonly acknowledged: number
  readonly uncertain: number
  readonly reached: ReadonlySet<string>
}

/** Whole roles on hosts that lose their power, their links and their room, and clients that append to one list. */
export class RoleChaos {
  readonly #random: Random
  readonly #hosts = new VirtualHosts(['a', 'b', 'c', client])
  readonly #members = this.#hosts.ids.filter((id) => id !== client)
  readonly #roles = new Map<NodeId, RunningRole>()
  readonly #wakeMs = new Map<NodeId, number>()
  readonly #reached = new Set<string>()
  readonly #wrong: string[] = []
  readonly #acknowledged = new Set<string>()
  readonly #definite = new Set<string>()
  #uncertain = 0
  #proposed = 0
  #underWay = 0
  #nowMs = 0

  constructor(seed: string) {
    this.#random = new Random(seed)
    const luck = this.#random.fork('latency')
    this.#hosts.latencyMs = () => luck.below(8) * 5
    this.#hosts.died = (host, cause) => {
      if (!(cause instanceof PowerGone)) throw cause
      this.#reached.add('power lost in mid-write')
      this.#powerOff(host)
    }
    for (const id of this.#members) this.#boot(this.#hosts.host(id))
  }

  play(troubleMs: number): ChaosEnd {
    const { log, lanes } = this.#openClient()
    const stopMs = troubleMs
    while (this.#nowMs < stopMs) {
      this.#trouble()
      while (this.#underWay < lanesMax) this.#propose(lanes)
      if (this.#random.chance(1, 3)) this.#read(log)
      this.#run(50)
    }
    this.#calm()
    for (let waitedMs = 0; this.#underWay > 0; waitedMs += 50) {
      if (waitedMs > 30_000) throw new Error('calm, and no answer')
      this.#run(50)
    }
    this.#judge(log)
    const { size: acknowledged } = this.#acknowledged
    return { wrong: this.#wrong, acknowledged, uncertain: this.#uncertain, reached: this.#reached }
  }

  #run(ms: number): void {
    this.#hosts.run(ms)
    this.#nowMs += ms
    for (const [id, atMs] of this.#wakeMs) if (atMs <= this.#nowMs) this.#boot(this.#hosts.host(id))
  }

  #trouble(): void {
    const id = this.#random.pick(this.#members)
    const host = this.#hosts.host(id)
    switch (this.#random.below(30)) {
      case 0:
        this.#reached.add('power lost')
        return this.#powerOff(host)
      case 1:
        host.blink = { transactionsLeft: 1 + this.#random.below(20), isKept: this.#random.chance(1, 2) }
        return
      case 2:
        this.#reached.add('cut')
        return this.#hosts.isolate(id)
      case 3:
        return void this.#hosts.cut.add(`${id}>${this.#random.pick(this.#members)}`)
      case 4:
      case 5:
        return this.#hosts.cut.clear()
      case 6:
        host.disk.isFull = true
        this.#reached.add('disk full')
        return
      case 7:
      case 8:
        host.disk.isFull = false
        return
      case 9:
        this.#reached.add('paused')
        return this.#setFaults(host, { ...noFaults, isPaused: true })
      case 10:
      case 11:
        return this.#setFaults(host, noFaults)
      case 12:
        host.clock.skewMs = this.#random.below(5_000)
        return
      case 13: {
        const to = this.#random.pick(this.#members)
        return this.#roles.get(id)?.answer({ kind: 'hand-over', to }, ({ ok }) => {
          if (ok) this.#reached.add('handed over')
        })
      }
    }
  }

  #calm(): void {
    this.#hosts.cut.clear()
    for (const id of this.#members) {
      const host = this.#hosts.host(id)
      host.disk.isFull = false
      host.blink = null
      if (!this.#roles.has(id)) this.#boot(host)
      this.#setFaults(host, noFaults)
    }
  }

  #setFaults(host: VirtualHost, rules: FaultRules): void {
    this.#hosts.live(host, () => this.#roles.get(host.id)?.setFaults(rules))
  }

  #powerOff(host: VirtualHost): void {
    host.blink = null
    host.crash()
    this.#roles.delete(host.id)
    this.#wakeMs.set(host.id, this.#nowMs + 50 + this.#random.below(1_500))
  }

  #boot(host: VirtualHost): void {
    this.#wakeMs.delete(host.id)
    if (this.#roles.has(host.id)) return
    const plan = virtualPlan(host.id, this.#members)
    this.#hosts.live(host, () => void this.#roles.set(host.id, start(plan, host.ports())))
  }

  #openClient() {
    const host = this.#hosts.host(this.#hosts.ids.find((id) => id === client) as NodeId)
    const { wire, clock, later } = host
    const post = new Post({
      id: host.id,
      life: 1,
      lamport: new LamportClock(),
      ports: { wire, clock, trace: new FakeTrace() },
    })
    wire.listen((from, bytes) => post.receive(from, bytes))
    const log = new LogClient({ post, clock, wire, peers: this.#members, soon: later.soon, answerWithinMs: 3_000 })
    return { log, lanes: new Lanes({ log, lanesMax, waitingMax: 0, soon: later.soon }) }
  }

  #propose(lanes: Lanes): void {
    this.#proposed += 1
    this.#underWay += 1
    const item = String(this.#proposed)
    lanes.propose(encodeRegisterCommand({ kind: 'append', key: list, item: encodeText(item) }), (result) => {
      this.#underWay -= 1
      if (result.ok) this.#acknowledged.add(item)
      else if (result.failure.code === 'timed-out') this.#uncertain += 1
      else this.#definite.add(item)
    })
  }

  /** Sees all that was acknowledged before it was asked. */
  #read(log: LogClient): void {
    const before = [...this.#acknowledged]
    log.read(encodeRegisterQuery({ kind: 'read-list', key: list }), 'linearizable', (result) => {
      if (!result.ok) return
      const seen = new Set(itemsIn(result.value.answer))
      const missing = before.filter((item) => !seen.has(item))
      if (missing.length > 0) this.#wrong.push(`a read that was linearizable has not seen ${missing.join(' ')}`)
      this.#reached.add('read')
    })
  }

  #judge(log: LogClient): void {
    let items: readonly string[] | null = null
    log.read(encodeRegisterQuery({ kind: 'read-list', key: list }), 'linearizable', (result) => {
      items = result.ok ? itemsIn(result.value.answer) : []
    })
    this.#hosts.until(() => items !== null)
    const found: readonly string[] = items ?? []
    const seen = new Set(found)
    if (seen.size < found.length) this.#wrong.push('something happened twice')
    const lost = [...this.#acknowledged].filter((item) => !seen.has(item))
    if (lost.length > 0) this.#wrong.push(`lost, though acknowledged: ${lost.join(' ')}`)
    const undead = [...this.#definite].filter((item) => seen.has(item))
    if (undead.length > 0) this.#wrong.push(`happened, though definitely refused: ${undead.join(' ')}`)
    const anomalies = this.#members.filter((id) => (this.#roles.get(id)?.facts().anomalies ?? 0) > 0)
    if (anomalies.length > 0) this.#wrong.push(`anomalies at ${anomalies.join(' ')}`)
  }
}

function itemsIn(bytes: Uint8Array): readonly string[] {
  const answer = decodeRegisterAnswer(bytes)
  return answer?.kind === 'list' ? answer.items.map((item) => decodeText(item) ?? '') : []
}
