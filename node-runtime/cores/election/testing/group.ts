import { type NodeId, nodeId } from '#kit/ids'
import { BullyCore } from '../bully.ts'
import type { ChoiceNote, ChoiceOutput, RankInput } from '../messages.ts'
import { RankCore } from '../rank.ts'

export const timing = { heartbeatTicks: 2, silenceTicks: 6, answerTicks: 3, announceTicks: 5 } as const

export const [n1, n2, n3, n4] = ['n1', 'n2', 'n3', 'n4'].map(nodeId) as [NodeId, NodeId, NodeId, NodeId]

type Message = { readonly kind: 'election' | 'answer' | 'ok' | 'coordinator' }

/** What both cores have in common for a test: everything but the words that only one of them knows. */
interface Core {
  readonly view: { readonly phase: string; readonly coordinator: NodeId | null }
  step(input: never): ChoiceOutput<Message>
}

export function bully(id: NodeId, order: readonly NodeId[] = [n1, n2, n3]): BullyCore {
  return new BullyCore({ id, order, ...timing })
}

export function ranked(id: NodeId, ranks: readonly (readonly [NodeId, number])[]): RankCore {
  return new RankCore({ id, servers: ranks.map(([node, rank]) => ({ node, rank })), ...timing })
}

/** A few cores in one room: every message is seen and goes where the test lets it go. It writes down what happens. */
export class Group {
  readonly #make: (id: NodeId) => Core
  readonly #cores = new Map<NodeId, Core>()
  readonly #cut = new Set<string>()
  #underway: { readonly from: NodeId; readonly to: NodeId; readonly message: Message }[] = []
  #lines: string[] = []

  constructor(ids: readonly NodeId[], make: (id: NodeId) => Core) {
    this.#make = make
    for (const id of ids) this.boot(id)
  }

  /** A new life: nothing is remembered. */
  boot(id: NodeId): void {
    this.#cores.set(id, this.#make(id))
  }

  crash(id: NodeId): void {
    this.#cores.delete(id)
  }

  coordinators(): string[] {
    return [...this.#cores].filter(([, { view }]) => view.phase === 'coordinating').map(([id]) => id)
  }

  choices(): Record<string, NodeId | null> {
    return Object.fromEntries([...this.#cores].map(([id, { view }]) => [id, view.coordinator]))
  }

  /** So many ticks for all, each with time for whatever is said in it to arrive and be answered. */
  ticks(count: number): void {
    for (let tick = 0; tick < count; tick += 1) {
      for (const id of this.#cores.keys()) this.step(id, { kind: 'tick' })
      this.deliver()
    }
  }

  /** For one alone, and nothing that it says arrives yet. */
  ticksOf(id: NodeId, count: number): void {
    for (let tick = 0; tick < count; tick += 1) this.step(id, { kind: 'tick' })
  }

  step(id: NodeId, input: RankInput | { kind: 'message'; from: NodeId; message: Message }): void {
    const core = this.#cores.get(id)
    if (core === undefined) return
    // A group has cores of one kind, and they are only given what their own kind said, or a list by the test.
    const output = core.step(input as never)
    for (const note of output.notes) this.#say(noteText(id, note))
    if (output.anomaly !== null) this.#say(`${id} complains: ${output.anomaly}`)
    for (const { to, message } of output.messages) this.#underway.push({ from: id, to, message })
  }

  cut(one: NodeId, other: NodeId): void {
    this.#cut.add(`${one}>${other}`).add(`${other}>${one}`)
  }

  heal(): void {
    this.#cut.clear()
  }

  /** Delivers what is underway, and what that leads to, until nobody has anything to say. */
  deliver(): void {
    for (let rounds = 0; this.#underway.length > 0; rounds += 1) {
      if (rounds > 100) throw new Error('they never stop talking')
      const underway = this.#underway
      this.#underway = []
      for (const { from, to, message } of underway) {
        const isLost = this.#cut.has(`${from}>${to}`) || !this.#cores.has(to)
        this.#say(`${from} -> ${to} ${message.kind}${isLost ? ' (lost)' : ''}`)
        if (!isLost) this.step(to, { kind: 'message', from, message })
      }
    }
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
}

function noteText(node: NodeId, { from, to, why, coordinator }: ChoiceNote): string {
  const about = coordinator === null || coordinator === node ? '' : ` (${coordinator})`
  return `${node}: ${from} to ${to}, ${why}${about}`
}
