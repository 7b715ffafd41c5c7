import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { RaftCore } from '../core.ts'
import type { HardState, RaftInput, RaftMessage, RaftNote, RaftOutput, RaftView } from '../messages.ts'

export const timing = { heartbeatTicks: 2, electionTicksMin: 10, electionTicksSpread: 10 } as const

export interface GroupOptions {
  readonly members?: readonly string[]
  readonly seed?: string
}

/** A few cores in one room: every message is seen, and goes where the test lets it go. It writes down what happens. */
export class Group {
  readonly ids: readonly NodeId[]
  readonly #seed: string
  readonly #cores = new Map<NodeId, RaftCore>()
  readonly #disks = new Map<NodeId, HardState>()
  readonly #cut = new Set<string>()
  #underway: { readonly from: NodeId; readonly to: NodeId; readonly message: RaftMessage }[] = []
  #lines: string[] = []
  #lives = 0

  constructor({ members = ['n1', 'n2', 'n3'], seed = 'group' }: GroupOptions = {}) {
    this.ids = members.map(nodeId)
    this.#seed = seed
    for (const id of this.ids) this.restart(id)
  }

  view(id: string): RaftView {
    return this.#core(nodeId(id)).view
  }

  disk(id: string): HardState | null {
    return this.#disks.get(nodeId(id)) ?? null
  }

  /** A new life on the same disk. */
  restart(id: string): void {
    this.#lives += 1
    const node = nodeId(id)
    const random = new Random(`${this.#seed}/${node}/${this.#lives}`)
    this.#cores.set(node, new RaftCore({ id: node, members: this.ids, ...timing }, this.disk(id), random))
  }

  step(id: string, input: RaftInput): RaftOutput {
    const node = nodeId(id)
    const output = this.#core(node).step(input)
    if (output.persist !== null) this.#disks.set(node, output.persist)
    for (const note of output.notes) this.#say(noteText(node, note))
    if (output.anomaly !== null) this.#say(`${node} complains: ${output.anomaly}`)
    for (const { to, message } of output.messages) this.#underway.push({ from: node, to, message })
    return output
  }

  tick(id: string, count = 1): void {
    for (let ticks = 0; ticks < count; ticks += 1) this.step(id, { kind: 'tick' })
  }

  /** Lets one node wait until it stands, without letting anything it says arrive. */
  untilItStands(id: string): void {
    for (let ticks = 0; this.view(id).role !== 'pre-candidate'; ticks += 1) {
      if (ticks > 100) throw new Error(`${id} never stands`)
      this.tick(id)
    }
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
  }

  heal(): void {
    this.#cut.clear()
  }

  /** Delivers what is underway, and what that leads to, until nobody has anything to say. */
  deliver(): void {
    for (let rounds = 0; this.#underway.length > 0; rounds += 1) {
      if (rounds > 1_000) throw new Error('they never stop talking')
      const underway = this.#underway
      this.#underway = []
      for (const { from, to, message } of underway) {
        const isCut = this.#cut.has(`${from}>${to}`)
        this.#say(`${from} -> ${to} ${messageText(message)}${isCut ? ' (cut)' : ''}`)
        if (!isCut) this.step(to, { kind: 'message', from, message })
      }
    }
  }

  /** Drops what is underway. */
  lose(): void {
    this.#underway = []
  }

  /** Makes this one the leader of all, and forgets how it came about. */
  elect(id: string): void {
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

  #say(line: string): void {
    this.#lines.push(line)
  }

  #core(id: NodeId): RaftCore {
    const core = this.#cores.get(id)
    if (core === undefined) throw new Error(`no ${id}`)
    return core
  }
}

function messageText(message: RaftMessage): string {
  const answer = 'isGranted' in message ? (message.isGranted ? ' yes' : ' no') : ''
  const voter = message.kind === 'pre-vote' ? ` from term ${message.voterTerm}` : ''
  return `${message.kind} term ${message.term}${answer}${voter}`
}

function noteText(node: NodeId, note: RaftNote): string {
  switch (note.kind) {
    case 'role-changed': {
      const about = note.leader === null ? '' : ` (${note.leader}${note.silentTicks === null ? '' : ' was silent'})`
      return `${node}: ${note.from} to ${note.to}, term ${note.term}, ${note.why}${about}`
    }
    case 'voted':
      return `${node} votes for ${note.for} in term ${note.term}`
    case 'timer':
      return `${node}: ${note.name} wait is over`
  }
}
