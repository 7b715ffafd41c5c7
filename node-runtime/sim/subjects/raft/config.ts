import { type RaftLimits, raftLimits } from '#cores/raft/limits'
import { founded, type Membership } from '#cores/raft/membership'
import type { RaftConfig } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../scenario.ts'
import type { NodeHands } from '../../subject.ts'
import type { RaftSettings } from './settings.ts'
import type { RaftWords } from './words.ts'

/** The voters of the first hour. */
export function foundersIn({ nodes }: Scenario, { strangers }: Pick<RaftSettings, 'strangers'>): readonly NodeId[] {
  return nodes.slice(0, Math.max(1, nodes.length - strangers))
}

/** What a node that has never run takes for its group. */
export function foundersOf({ id, scenario }: NodeHands<RaftWords>, settings: RaftSettings): Membership {
  const founders = foundersIn(scenario, settings)
  return founders.includes(id) ? founded(founders) : []
}

export function configOf(hands: NodeHands<RaftWords>, settings: RaftSettings): Omit<RaftConfig, 'incarnation'> {
  const { id, scenario } = hands
  const { heartbeatTicks, electionTicksMin, electionTicksSpread, favouriteWaitTicks } = settings
  return {
    id,
    peers: scenario.nodes.filter((node) => node !== id),
    heartbeatTicks,
    electionTicksMin,
    electionTicksSpread,
    favourites: favouritesIn(scenario),
    favouriteWaitTicks,
  }
}

export function favouritesIn({ nodes, settings }: Scenario): readonly NodeId[] {
  const favourite = nodes[(settings.favourite ?? 0) - 1]
  return favourite === undefined ? [] : [favourite]
}

export function limitsOf(settings: RaftSettings): RaftLimits {
  const { appendEntriesMax, appendsInFlightMax, marksMax, promotionLagMax } = settings
  return {
    log: { ...raftLimits.log, tailBytesMax: settings.tailBytesMax },
    progress: { ...raftLimits.progress, appendEntriesMax, appendsInFlightMax, marksMax },
    committed: { ...raftLimits.committed, entriesMax: settings.committedMax },
    leadership: { ...raftLimits.leadership, uncommittedEntriesMax: settings.uncommittedMax },
    reads: { waitingMax: settings.readsMax },
    promotionLagMax,
  }
}
