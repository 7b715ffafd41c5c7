import { LamportClock } from '#cores/clocks/lamport'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { decodeEveryone, decodeOperation, encodeEveryone, encodeOperation } from '../codec.ts'
import { EveryoneCore } from '../core.ts'
import { everyoneLimits } from '../limits.ts'
import type {
  Act,
  Entry,
  EveryoneConfig,
  EveryoneInput,
  EveryoneLimits,
  EveryoneMessage,
  EveryoneOutcome,
  EveryoneOutput,
  Operation,
} from '../messages.ts'

export const [s1, s2, s3] = ['s1', 's2', 's3'].map(nodeId) as [NodeId, NodeId, NodeId] // three names make three ids
export const servers: readonly NodeId[] = [s1, s2, s3]
const timing = { syncTicks: 4, hereTicks: 20, registerTicks: 6 }

interface Disk {
  readonly entries: Entry[]
}

/** Servers that hear each other at once, unless a link is cut. */
export class Room {
  readonly cut = new Set<string>()
  readonly lines: string[] = []
  readonly anomalies: string[] = []
  readonly outcomes = new Map<number, EveryoneOutcome>()
  readonly #cores = new Map<NodeId, EveryoneCore>()
  readonly #disks = new Map<NodeId, Disk>()
  readonly #limits: EveryoneLimits
  #refs = 0
  #boots = 0

  constructor({ limits = {} as Partial<EveryoneLimits>, up = servers } = {}) {
    this.#limits = { ...everyoneLimits, ...limits }
    for (const id of up) this.start(id)
  }

  start(id: NodeId): void {
    const disk = this.#disks.get(id) ?? { entries: [] }
    this.#disks.set(id, disk)
    this.#boots += 1
    const config: EveryoneConfig = { id, servers, ...timing, limits: this.#limits }
    const restored = { entries: [...disk.entries] }
    const parts = { random: new Random(`${id} ${this.#boots}`), clock: new LamportClock() }
    this.#cores.set(id, new EveryoneCore(config, restored, parts))
  }

  kill(id: NodeId): void {
    this.#cores.delete(id)
  }

  loseDisk(id: NodeId): void {
    this.#disks.delete(id)
  }

  disk(id: NodeId): Disk {
    return this.#disks.get(id) ?? { entries: [] }
  }

  core(id: NodeId): EveryoneCore {
    const core = this.#cores.get(id)
    if (core === undefined) throw new Error(`${id} is down`)
    return core
  }

  isUp(id: NodeId): boolean {
    return this.#cores.has(id)
  }

  /** From everybody, both ways. */
  isolate(id: NodeId): void {
    for (const other of servers) for (const link of [`${id}>${other}`, `${other}>${id}`]) this.cut.add(link)
  }

  /** As the pump has it: on the disk, then sent, then answered. */
  step(id: NodeId, ...inputs: EveryoneInput[]): EveryoneOutput {
    const output = this.core(id).step(inputs)
    const disk = this.disk(id)
    // Through the bytes of the disk: what does not come out as it went in is not kept.
    for (const entry of output.entries) {
      const operation = decodeOperation(encodeOperation(entry.operation))
      if (operation === null) throw new Error(`${id} wrote what is no operation`)
      disk.entries.push({ ...entry, operation })
    }
    if (output.anomaly !== null) this.anomalies.push(`${id}: ${output.anomaly}`)
    for (const { ref, outcome } of output.answers) this.outcomes.set(ref, outcome)
    for (const { to, message } of output.messages) this.#carry(id, to, message)
    return output
  }

  pass(ticks: number): void {
    for (let tick = 0; tick < ticks; tick += 1)
      for (const id of [...this.#cores.keys()]) this.step(id, { kind: 'tick' })
  }

  /** What it says at once; null: it waits. */
  act(id: NodeId, act: Act, deed = this.nextId()): EveryoneOutcome | null {
    return this.outcomes.get(this.ask(id, act, deed)) ?? null
  }

  /** Gives back the number under which the outcome comes. */
  ask(id: NodeId, act: Act, deed = this.nextId()): number {
    this.#refs += 1
    this.step(id, { kind: 'act', ref: this.#refs, id: deed, act, atMs: 1_000 })
    return this.#refs
  }

  say(id: NodeId, text: string, deed = this.nextId()): EveryoneOutcome | null {
    return this.act(id, said('ana', 'general', text), deed)
  }

  nextId(): string {
    return (this.#refs + 1).toString(16).padStart(32, '0')
  }

  texts(id: NodeId): readonly string[] {
    return this.core(id).content.said.map(({ text }) => text)
  }

  /** All that a server would write into its files. */
  content(id: NodeId): string {
    const { said, users, channels } = this.core(id).content
    return JSON.stringify({ said, users, channels })
  }

  #carry(from: NodeId, to: NodeId, message: EveryoneMessage): void {
    const isThere = this.#cores.has(to) && !this.cut.has(`${from}>${to}`)
    this.lines.push(`${from} -> ${to} ${wordsOf(message)}${isThere ? '' : ' lost'}`)
    if (!isThere) return
    const read = decodeEveryone(encodeEveryone(message))
    if (read === null) throw new Error(`${from} said what is no message`)
    this.step(to, { kind: 'message', from, message: read })
  }
}

export function said(from: string, to: string, text: string, kind: 'publish' | 'message' = 'publish'): Act {
  return { kind, from, to, text, through: 'native' }
}

/** Of a foreign server. */
export function foreign(number: number, over: Partial<Operation> = {}): Operation {
  const id = number.toString(16).padStart(64, '0')
  const operation = { ...said('zeca', 'general', `foreign ${number}`), id, atMs: 5, clock: number, origin: 'theirs' }
  return { ...operation, ...over } as Operation // a test says which fields go together
}

function wordsOf(message: EveryoneMessage): string {
  if (message.kind === 'entries') {
    const { entries, why, hasMore } = message
    return `${why} ${entries.map(({ log, sequence }) => `${log.slice(0, 2)}:${sequence}`).join(' ')}${hasMore ? ' …' : ''}`
  }
  const marks = message.marks.map(({ log, upTo }) => `${log.slice(0, 2)}:${upTo}`).join(' ')
  return `has ${marks === '' ? 'nothing' : marks}, ${message.asks}`
}
