import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Scenario } from '../../scenario.ts'
import { drawTiming } from '../raft/timing.ts'

export const lists = ['one', 'two'] as const

/** What clients do in a thousand of their ticks, and with how many sessions. */
export function drawReplicaSettings(random: Random): Readonly<Record<string, number>> {
  return {
    ...drawTiming(random.fork('timing')),
    appends: random.pick([30, 150, 500]),
    reads: random.pick([0, 30, 150]),
    lanes: random.pick([1, 3, 10]),
    patienceMs: random.pick([800, 3_000]),
  }
}

export const plainReplicaSettings = { reads: 0, lanes: 1 } as const

/** The last node is a client of the others, unless it is the only one. */
export function membersIn({ nodes }: Pick<Scenario, 'nodes'>): {
  readonly members: readonly NodeId[]
  readonly clients: readonly NodeId[]
} {
  const members = nodes.length === 1 ? nodes : nodes.slice(0, -1)
  return { members, clients: nodes.slice(members.length) }
}
