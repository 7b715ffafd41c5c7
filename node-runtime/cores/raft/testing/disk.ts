import { decodeText, encodeText } from '#kit/bytes'
import type { Entry } from '../entry.ts'
import { decodeMembership, type Membership } from '../membership.ts'
import type { Chunk, HardState, LogBase, Persist, ReadLog, Restored, SnapshotId } from '../messages.ts'

interface Incoming {
  readonly snapshot: SnapshotId
  wanted: number
  readonly commands: string[]
}

/** What a node keeps, for tests: the state is the list of commands that were applied. */
export class Disk {
  hard: HardState = { term: 0, votedFor: null }
  base: LogBase
  entries: Entry[] = []
  commands: string[] = []
  /** What the state contains, in the words in which a snapshot of it begins. */
  applied: LogBase
  #incoming: Incoming | null = null

  constructor(membership: Membership) {
    this.base = { end: { index: 0, term: 0 }, membership, atMs: 0, lamport: 0 }
    this.applied = this.base
  }

  get restored(): Restored {
    const { hard, base, entries, applied } = this
    const incoming =
      this.#incoming === null ? null : { snapshot: this.#incoming.snapshot, wanted: this.#incoming.wanted }
    return { hard, base, entries: [...entries], appliedIndex: applied.end.index, incoming }
  }

  readonly readLog: ReadLog = (from, limit) => {
    const first = from - this.base.end.index - 1
    return this.entries.slice(first, first + limit.entries)
  }

  persist({ hard, dropsIncoming, chunks, entries, base }: Persist): void {
    if (hard !== null) this.hard = hard
    if (dropsIncoming) this.#incoming = null
    for (const { snapshot, chunk } of chunks) this.#take(snapshot, chunk)
    const first = entries[0]
    if (first !== undefined) this.entries = [...this.entries.filter(({ index }) => index < first.index), ...entries]
    if (base !== null) {
      this.base = base
      this.entries = this.entries.filter(({ index }) => index > base.end.index)
    }
  }

  apply(entry: Entry): void {
    const { index, term, atMs, lamport } = entry
    if (index !== this.applied.end.index + 1) throw new Error(`entry ${index} after ${this.applied.end.index}`)
    if (entry.kind === 'command') this.commands.push(decodeText(entry.payload) ?? '?')
    const members = entry.kind === 'members' ? decodeMembership(entry.payload) : null
    const membership = members ?? this.applied.membership
    this.applied = { end: { index, term }, membership, atMs, lamport }
  }

  #take(snapshot: SnapshotId, { number, isLast, bytes }: Chunk): void {
    if (number === 0) this.#incoming = { snapshot, wanted: 0, commands: [] }
    const incoming = this.#incoming
    if (incoming?.wanted !== number || incoming.snapshot.transfer !== snapshot.transfer) throw new Error('mixed chunks')
    incoming.commands.push(...commandsIn(bytes))
    incoming.wanted += 1
    if (!isLast) return
    const { transfer: _, ...base } = snapshot
    this.commands = incoming.commands
    this.base = base
    this.applied = base
    this.entries = []
    this.#incoming = null
  }
}

/** A state in chunks of a command each. */
export function chunksOf(commands: readonly string[]): readonly Chunk[] {
  if (commands.length === 0) return [{ number: 0, isLast: true, bytes: encodeText('') }]
  return commands.map((command, number) => {
    return { number, isLast: number === commands.length - 1, bytes: encodeText(command) }
  })
}

function commandsIn(bytes: Uint8Array): readonly string[] {
  const command = decodeText(bytes) ?? '?'
  return command === '' ? [] : [command]
}
