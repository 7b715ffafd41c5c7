import { parseRaftMessage } from '#cores/raft/codec'
import { RaftCore } from '#cores/raft/core'
import { unreachable } from '#kit/assert'
import { ok } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { beginLife } from './lives.ts'
import { Pump } from './pump.ts'
import { restoreHardState, saveHardState } from './raft-state.ts'
import { describeRaftNote, leadershipOf, timersOf } from './raft-view.ts'
import type { RoleStart } from './role.ts'

/** A peer of the notary: for now a member of the group that chooses who may register. */
export const startNotaryPeer: RoleStart = (plan, ports) => {
  const { tickMs, ...ticks } = plan.timing
  const members = [plan.nodeId, ...plan.peers.map(({ nodeId }) => nodeId)].sort(byCodeUnits)
  const restored = restoreHardState(ports.store.view())
  const core = new RaftCore({ id: plan.nodeId, members, ...ticks }, restored, ports.random.fork('raft'))
  const { life, isCounted } = beginLife(ports.store)
  const pump = new Pump({
    id: plan.nodeId,
    core,
    hooks: { parse: parseRaftMessage, save: saveHardState, describe: (note) => describeRaftNote(note, tickMs) },
    ports,
    lamport: ports.lamport,
    life,
    onChange: ports.onChange,
  })
  // After the worker has noted that the node runs, so that its lane in the timeline begins with what it is.
  const { role: to, term } = core.view
  ports.soon(() =>
    ports.trace.note({ kind: 'role-changed', from: 'none', to, term, why: 'started', leader: null, silentMs: null }),
  )
  if (!isCounted) pump.probe()
  if (plan.faults.isPaused) pump.pause(true)

  const stops = new StopStack()
  stops.add(() => pump.stop())
  stops.add(ports.wire.listen((from, bytes) => pump.receive(from, bytes)))
  stops.add(ports.clock.every(tickMs, () => pump.tick()))

  return {
    facts: () => ({
      leadership: leadershipOf(core.view, tickMs),
      timers: timersOf(core.view, tickMs),
      isPaused: pump.isPaused,
      canWrite: pump.canWrite,
      inboxLength: pump.inboxLength,
      anomalies: pump.anomalies,
    }),
    setFaults: (rules) => {
      pump.pause(rules.isPaused)
      // At once and not with the next write: a follower may not write for hours, and a fault has to be seen.
      if (rules.isDiskFull === pump.canWrite) pump.probe()
    },
    answer: (request) => {
      switch (request.kind) {
        case 'tables':
          return ok(ports.queries.tables())
        case 'rows':
          return ports.queries.rows(request.table, request)
        default:
          return unreachable(request)
      }
    },
    stop: () => void stops.run(),
  }
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
