import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { decodeRaftMessage, encodeRaftMessage } from '../codec.ts'
import { RaftCore } from '../core.ts'
import { makeEntry } from '../entry.ts'
import { founded } from '../membership.ts'
import type {
  Chunk,
  ChunkOrder,
  MemberChange,
  RaftConfig,
  RaftInput,
  RaftMessage,
  RaftOutput,
  RaftView,
  SnapshotId,
} from '../messages.ts'
import { chunksOf, Disk } from './disk.ts'
import { messageText, noteText } from './words.ts'

export const timing = { heartbeatTicks: 2, electionTicksMin: 10, electionTicksSpread: 10 } as const
export const favour = { favourites: [], favouriteWaitTicks: 30 } as const

export interface GroupOptions {
  readonly founders?: readonly string[]
  /** Nodes that everyone can reach and that belong to no group yet. */
  readonly strangers?: readonly string[]
  readonly favourites?: readonly string[]
  readonly seed?: string
}

interface Source {
  readonly snapshot: SnapshotId
  readonly chunks: readonly Chunk[]
}

interface Underway {
  readonly from: NodeId
  readonly to: NodeId
  readonly message: RaftMessage
}

interface Node {
  readonly id: NodeId
  incarnation: number
  disk: Disk
  core: RaftCore
  isDiskFull: boolean
  readonly sources: Map<number, Source>
}

/** A few cores in one room: every message is seen, and goes where the test lets it go. It writes down what happens. */
export class Group {
  readonly ids: readonly NodeId[]
  readonly #options: GroupOptions
  readonly #nodes = new Map<NodeId, Node>()
  readonly #cut = new Set<string>()
  #underway: Underway[] = []
  #lines: string[] = []
  #lives = 0
  #refs = 0

  constructor(options: GroupOptions = {}) {
    const { founders = ['n1', 'n2', 'n3'], strangers = [] } = options
    this.#options = options
    this.ids = [...founders, ...strangers].map(nodeId)
    for (const id of this.ids) {
      const disk = new Disk(strangers.includes(id) ? [] : founded(founders.map(nodeId)))
      const core = this.#makeCore(id, disk, 1)
      this.#nodes.set(id, { id, incarnation: 1, disk, core, isDiskFull: false, sources: new Map() })
    }
  }

  view(id: string): RaftView {
    return this.#node(id).core.view
  }

  disk(id: string): Disk {
    return this.#node(id).disk
  }

  /** A new life on the same disk. */
  restart(id: string): void {
    const node = this.#node(id)
    node.core = this.#makeCore(node.id, node.disk, node.incarnation)
    node.sources.clear()
  }

  /** A new life on a disk with entries of these terms, of which nothing is applied. */
  giveLog(id: string, terms: readonly number[]): void {
    const disk = this.disk(id)
    const payload = encodeText(id)
    disk.entries = terms.map((term, index) =>
      makeEntry({ index: index + 1, term, kind: 'command', atMs: 0, lamport: 0, payload }),
    )
    disk.hard = { term: terms.at(-1) ?? 0, votedFor: null }
    disk.applied = disk.base
    disk.commands = []
    this.restart(id)
  }

  /** The snapshots that it had begun to send are not to be had any more. */
  forgetSnapshots(id: string): void {
    this.#node(id).sources.clear()
  }

  /** A new life on an empty disk, under another incarnation. */
  loseDisk(id: string): void {
    const node = this.#node(id)
    node.incarnation += 1
    node.disk = new Disk([])
    this.restart(id)
  }

  /** The next output that wants to be kept is lost, and its core with it. */
  fillDisk(id: string): void {
    this.#node(id).isDiskFull = true
  }

  freeDisk(id: string): void {
    this.#node(id).isDiskFull = false
    this.step(id, { kind: 'can-write' })
  }

  step(id: string, ...inputs: readonly RaftInput[]): RaftOutput {
    const node = this.#node(id)
    const output = node.core.step(inputs)
    if (output.persist !== null && node.isDiskFull) {
      this.#say(`${id} cannot write`)
      this.restart(id)
      return this.step(id, { kind: 'cannot-write' })
    }
    this.#perform(node, output)
    const chunks = output.chunksWanted.map(
      (order): RaftInput => ({ kind: 'chunk', order, found: chunkOf(node, order) }),
    )
    if (chunks.length > 0) this.step(id, ...chunks)
    else if (output.hasMore) this.step(id)
    return output
  }

  hear(id: string, from: string, message: RaftMessage): RaftOutput {
    return this.step(id, { kind: 'message', from: nodeId(from), message })
  }

  propose(id: string, ...commands: readonly string[]): RaftOutput {
    return this.step(
      id,
      ...commands.map((command): RaftInput => {
        this.#refs += 1
        return { kind: 'propose', ref: this.#refs, payload: encodeText(command), atMs: 0, lamport: 0 }
      }),
    )
  }

  read(id: string): void {
    this.#refs += 1
    this.step(id, { kind: 'read', ref: this.#refs })
  }

  changeMembers(id: string, change: MemberChange): void {
    this.#refs += 1
    this.step(id, { kind: 'change-members', ref: this.#refs, change, atMs: 0 })
  }

  handOver(id: string, to: string): void {
    this.step(id, { kind: 'hand-over', to: nodeId(to) })
  }

  tick(id: string, count = 1): void {
    for (let ticks = 0; ticks < count; ticks += 1) this.step(id, { kind: 'tick' })
  }

  /** Time goes by for all, and everything that is said arrives. */
  pass(count: number, ids: readonly string[] = this.ids): void {
    for (let ticks = 0; ticks < count; ticks += 1) {
      for (const id of ids) this.tick(id)
      this.deliver()
    }
  }

  /** Lets one node wait until it asks for pre-votes, without letting anything arrive. */
  untilItStands(id: string): void {
    for (let ticks = 0; ticks < 100; ticks += 1) {
      const { messages } = this.step(id, { kind: 'tick' })
      if (messages.some(({ message }) => message.kind === 'pre-vote-request')) return
    }
    throw new Error(`${id} never stands`)
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
  }

  /** Nobody hears it, and it hears nobody. */
  isolate(id: string): void {
    for (const other of this.ids) {
      this.cut(id, other)
      this.cut(other, id)
    }
  }

  heal(): void {
    this.#cut.clear()
  }

  /** Delivers what is underway, and what that leads to, until nobody has anything to say. */
  deliver(): void {
    for (let rounds = 0; this.#underway.length > 0; rounds += 1) {
      if (rounds > 1_000) throw new Error('they never stop talking')
      this.deliverRound()
    }
  }

  /** Delivers what is underway, and nothing that this leads to. */
  deliverRound(): void {
    const underway = this.#underway
    this.#underway = []
    for (const { from, to, message } of underway) {
      const isCut = this.#cut.has(`${from}>${to}`)
      this.#say(`${from} -> ${to} ${messageText(message)}${isCut ? ' (cut)' : ''}`)
      if (!isCut) this.hear(to, from, message)
    }
  }

  /** Time goes by for all until such a word is underway. */
  passUntil(kind: RaftMessage['kind']): void {
    for (let rounds = 0; !this.#underway.some(({ message }) => message.kind === kind); rounds += 1) {
      if (rounds > 1_000) throw new Error(`nobody says ${kind}`)
      if (this.#underway.length === 0) for (const id of this.ids) this.tick(id)
      else this.deliverRound()
    }
  }

  /** Drops what is underway, or only such words. */
  lose(kind: RaftMessage['kind'] | null = null): void {
    const isLost = ({ message }: Underway): boolean => kind === null || message.kind === kind
    for (const { from, to, message } of this.#underway.filter(isLost)) {
      if (kind !== null) this.#say(`${from} -> ${to} ${messageText(message)} (lost)`)
    }
    this.#underway = this.#underway.filter((envelope) => !isLost(envelope))
  }

  /** Makes this one the leader of all, and forgets how it came about. */
  elect(id: string): void {
    for (const other of this.ids) this.tick(other, timing.electionTicksMin)
    this.lose()
    this.untilItStands(id)
    this.deliver()
    if (this.view(id).role !== 'leader') throw new Error(`${id} was not elected`)
    this.#lines = []
  }

  /** What happened since it was last asked. */
  text(): string {
    const lines = this.#lines
    this.#lines = []
    return lines.join('\n')
  }

  /** The same without the beat of a leader that is well. */
  story(): string {
    return this.text()
      .split('\n')
      .filter((line) => !line.includes('heartbeat'))
      .join('\n')
  }

  /** In the order in which a pump performs it. */
  #perform(node: Node, output: RaftOutput): void {
    const { id, disk } = node
    if (output.persist !== null) disk.persist(output.persist)
    for (const note of output.notes) this.#say(`${id}: ${noteText(note)}`)
    if (output.anomaly !== null) this.#say(`${id} complains: ${output.anomaly}`)
    for (const { to, message } of output.messages) this.#underway.push({ from: id, to, message: overTheWire(message) })
    for (const entry of output.committed) {
      disk.apply(entry)
      this.#say(
        `${id} applies ${entry.index}/${entry.term}${entry.kind === 'command' ? ` ${disk.commands.at(-1)}` : ''}`,
      )
    }
    for (const { ref, why } of output.refused) this.#say(`${id} refuses ${ref}: ${why}`)
    for (const { ref, index } of output.reads) this.#say(`${id} answers read ${ref} at ${index}`)
    if (output.isDisowned) this.#say(`${id} is disowned`)
  }

  #makeCore(id: NodeId, disk: Disk, incarnation: number): RaftCore {
    this.#lives += 1
    const { seed = 'group', favourites = [] } = this.#options
    const peers = this.ids.filter((other) => other !== id)
    const config: RaftConfig = { id, incarnation, peers, ...timing, ...favour, favourites: favourites.map(nodeId) }
    const random = new Random(`${seed}/${id}/${this.#lives}`)
    return new RaftCore(config, disk.restored, { random, readLog: disk.readLog })
  }

  #say(line: string): void {
    this.#lines.push(line)
  }

  #node(id: string): Node {
    const node = this.#nodes.get(nodeId(id))
    if (node === undefined) throw new Error(`no ${id}`)
    return node
  }
}

function chunkOf(
  { disk, sources }: Node,
  { transfer, number }: ChunkOrder,
): { readonly snapshot: SnapshotId; readonly chunk: Chunk } | null {
  if (number === 0 && !sources.has(transfer)) {
    sources.set(transfer, { snapshot: { ...disk.applied, transfer }, chunks: chunksOf(disk.commands) })
  }
  const source = sources.get(transfer)
  const chunk = source?.chunks[number]
  return source === undefined || chunk === undefined ? null : { snapshot: source.snapshot, chunk }
}

function overTheWire(message: RaftMessage): RaftMessage {
  const arrived = decodeRaftMessage(encodeRaftMessage(message))
  if (arrived === null) throw new Error(`${message.kind} does not come through`)
  return arrived
}
