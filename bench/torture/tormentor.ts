import type { Fault } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { pidOf } from '#supervisor/testing/real-lab'
import type { GroupLab } from '../group-lab.ts'

/** What is done to a group. The first two are signals of the operating system; all others are the lab's own faults. */
export const torments = [
  'kill -9',
  'SIGSTOP',
  'pause',
  'cut',
  'one-way-cut',
  'delay',
  'loss',
  'duplicate',
  'skew',
  'slow-disk',
  'full-disk',
] as const
export type Torment = (typeof torments)[number]

const limits = { lastsMsMin: 150, lastsMsMax: 1_200, restMsMin: 40, restMsMax: 350 } as const

/** Breaks a group in every way there is, in an order drawn from a seed, and mends it again. */
export class Tormentor {
  readonly #group: GroupLab
  readonly #random: Random
  readonly #struck = new Map<Torment, number>(torments.map((torment) => [torment, 0]))
  readonly #stopped = new Set<number>()
  #isOver = false

  constructor(group: GroupLab, random: Random) {
    this.#group = group
    this.#random = random
  }

  get struck(): ReadonlyMap<Torment, number> {
    return this.#struck
  }

  /** Until `end` is called. Kills come twice as often as anything else. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      for (const torment of shuffled<Torment>(['kill -9', ...torments], this.#random)) {
        if (this.#isOver) break
        if (this.#strike(torment)) this.#struck.set(torment, (this.#struck.get(torment) ?? 0) + 1)
        await rest(limits.restMsMin + this.#random.below(limits.restMsMax - limits.restMsMin))
      }
    }
  }

  /** Everything is well again, as far as the lab can make it so. */
  end(): void {
    this.#isOver = true
    for (const pid of this.#stopped) signal(pid, 'SIGCONT')
    this.#stopped.clear()
    this.#group.lab.supervisor.clearAll()
  }

  /** False: it could not be done just now, for instance because its node is down. */
  #strike(torment: Torment): boolean {
    const node = this.#victim()
    const lastsMs = limits.lastsMsMin + this.#random.below(limits.lastsMsMax - limits.lastsMsMin)
    switch (torment) {
      case 'kill -9':
        return this.#signalled(node, (pid) => signal(pid, 'SIGKILL'))
      case 'SIGSTOP':
        return this.#signalled(node, (pid) => this.#stopFor(pid, lastsMs))
      default:
        return this.#group.lab.supervisor.inject(this.#fault(torment, node), lastsMs).ok
    }
  }

  #fault(torment: Exclude<Torment, 'kill -9' | 'SIGSTOP'>, node: NodeId): Fault {
    const other = this.#random.pick(this.#group.nodes.filter((each) => each !== node))
    switch (torment) {
      case 'pause':
      case 'full-disk':
        return { kind: torment, node }
      case 'cut':
      case 'one-way-cut': {
        const from = this.#group.nodes.filter((each) => each === node || (each !== other && this.#random.chance(1, 2)))
        const to = this.#group.nodes.filter((each) => !from.includes(each))
        return { kind: 'cut', from, to, both: torment === 'cut' }
      }
      case 'delay':
        return { kind: 'delay', from: node, to: other, ms: this.#random.below(120), jitterMs: this.#random.below(60) }
      case 'loss':
      case 'duplicate':
        return { kind: torment, from: node, to: other, percent: this.#random.pick([20, 50, 100]) }
      case 'skew':
        return { kind: 'skew', node, ms: this.#random.below(120_000) - 60_000 }
      case 'slow-disk':
        return { kind: 'slow-disk', node, ms: 5 + this.#random.below(60) }
    }
  }

  /** The leader half of the time: it has the most to lose. */
  #victim(): NodeId {
    const leader = this.#group.lab.nodes().find(({ view }) => view?.leadership?.leadership === 'leader')
    return leader !== undefined && this.#random.chance(1, 2) ? leader.id : this.#random.pick(this.#group.nodes)
  }

  #signalled(node: NodeId, send: (pid: number) => boolean): boolean {
    const card = this.#group.lab.node(node)
    return card.state.kind === 'running' && send(pidOf(card))
  }

  #stopFor(pid: number, lastsMs: number): boolean {
    if (!signal(pid, 'SIGSTOP')) return false
    this.#stopped.add(pid)
    setTimeout(() => {
      if (this.#stopped.delete(pid)) signal(pid, 'SIGCONT')
    }, lastsMs)
    return true
  }
}

/** False: that process has ended in the meantime. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    // Killed a moment ago; the lab has not heard of it yet.
    return false
  }
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const rest = [...items]
  return items.map(() => rest.splice(random.below(rest.length), 1)[0]).filter((item) => item !== undefined)
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
