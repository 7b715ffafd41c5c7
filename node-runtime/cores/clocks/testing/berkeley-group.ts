import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { BerkeleyCore } from '../berkeley.ts'
import type {
  BerkeleyConfig,
  BerkeleyInput,
  BerkeleyMessage,
  BerkeleyOutput,
  BerkeleyView,
  Reading,
} from '../berkeley-messages.ts'

export const [n1, n2, n3] = ['n1', 'n2', 'n3'].map(nodeId) as [NodeId, NodeId, NodeId]

export const config = {
  members: [n1, n2, n3],
  pollTicks: 20,
  pollTicksMin: 5,
  pollWaitTicks: 8,
  messagesPerPoll: 10,
  doubtRounds: 3,
  outlierMs: 100,
  slewMsPerTick: 2,
  stepMs: 500,
  driftPpm: 1_000,
} as const satisfies Omit<BerkeleyConfig, 'id'>

export const tickMs = 10

/** One core with the clocks of its machine in the hands of a test. */
export class Machine {
  readonly id: NodeId
  readonly core: BerkeleyCore
  localMs: number
  monotonicMs = 70_000

  constructor(id: NodeId, localMs: number, changed: Partial<BerkeleyConfig> = {}) {
    this.id = id
    this.localMs = localMs
    this.core = new BerkeleyCore({ id, ...config, ...changed }, this.now, new Random(id))
  }

  get now(): Reading {
    return { localMs: this.localMs, monotonicMs: this.monotonicMs }
  }

  get view(): BerkeleyView {
    return this.core.view
  }

  pass(ms: number): void {
    this.localMs += ms
    this.monotonicMs += ms
  }

  tick(count = 1): BerkeleyOutput {
    let output = this.core.step({ kind: 'coordinator', node: this.view.coordinator })
    for (let ticks = 0; ticks < count; ticks += 1) {
      this.pass(tickMs)
      output = this.core.step({ kind: 'tick', at: this.now })
    }
    return output
  }

  take(node: NodeId | null): void {
    this.core.step({ kind: 'coordinator', node })
  }

  hear(from: NodeId, message: BerkeleyMessage): BerkeleyOutput {
    return this.core.step({ kind: 'message', from, message, at: this.now })
  }

  count(messages: number): BerkeleyOutput {
    let output = this.core.step({ kind: 'message-counted' })
    for (let counted = 1; counted < messages; counted += 1) output = this.core.step({ kind: 'message-counted' })
    return output
  }
}

/** A few machines in one room, one of which coordinates. Every word takes one tick. It writes down what happens. */
export class Group {
  readonly machines: readonly Machine[]
  #underway: { readonly from: NodeId; readonly to: NodeId; readonly message: BerkeleyMessage }[] = []
  #lines: string[] = []
  #lost: NodeId | null = null

  constructor(localMs: readonly number[], coordinator: NodeId = n1) {
    const members = localMs.map((_, index) => nodeId(`n${index + 1}`))
    this.machines = members.map((id, index) => new Machine(id, localMs[index] ?? 0, { members }))
    for (const machine of this.machines) machine.take(coordinator)
  }

  /** Nothing that it says arrives, until another is named, or nobody. */
  lose(node: NodeId | null): void {
    this.#lost = node
  }

  ticks(count: number): void {
    for (let tick = 0; tick < count; tick += 1) {
      for (const machine of this.machines) machine.pass(tickMs)
      const underway = this.#underway
      this.#underway = []
      for (const { from, to, message } of underway) {
        const isLost = from === this.#lost
        this.#lines.push(`${from} -> ${to} ${messageText(message)}${isLost ? ' (lost)' : ''}`)
        if (!isLost) this.#step(to, (machine) => ({ kind: 'message', from, message, at: machine.now }))
      }
      for (const { id } of this.machines) this.#step(id, (machine) => ({ kind: 'tick', at: machine.now }))
    }
  }

  correctedMs(): readonly number[] {
    return this.machines.map(({ view }) => view.correctedMs)
  }

  text(): string {
    const lines = this.#lines
    this.#lines = []
    return lines.join('\n')
  }

  #step(id: NodeId, input: (machine: Machine) => BerkeleyInput): void {
    const machine = this.machines.find((candidate) => candidate.id === id)
    if (machine === undefined) throw new Error(`no ${id}`)
    const { messages, notes, anomaly } = machine.core.step(input(machine))
    for (const { to, message } of messages) this.#underway.push({ from: id, to, message })
    for (const note of notes) this.#lines.push(`${id}: ${JSON.stringify(note)}`)
    if (anomaly !== null) this.#lines.push(`${id} complains: ${anomaly}`)
  }
}

function messageText(message: BerkeleyMessage): string {
  switch (message.kind) {
    case 'time':
      return `time ${message.timeMs}`
    case 'adjust':
      return `adjust by ${message.byMs}, wrong by ${message.errorMs} at most`
    default:
      return message.kind
  }
}
