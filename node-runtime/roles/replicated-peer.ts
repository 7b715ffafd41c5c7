import type { NodePlan } from '#contract/worker/protocol'
import { assert, unreachable } from '#kit/assert'
import { fail, ok } from '#kit/result'
import type { StateMachine } from '#kit/state-machine'
import { StopStack } from '#kit/stop-stack'
import { beginLife } from './lives.ts'
import { Post } from './post.ts'
import { leadershipOf, logOf, timersOf } from './raft-view.ts'
import { ClockSync } from './replica/clock-sync.ts'
import { Replica, type ReplicaParts } from './replica/replica.ts'
import { serveReplica } from './replica/replica-service.ts'
import type { NodePorts, RoleStart, RunningRole } from './role.ts'

/** A member of a replicated group: what notary peers, and later other systems' servers, share. */
export function replicatedPeer(machine: StateMachine): RoleStart {
  return (plan, ports) => {
    const { life, isCounted } = beginLife(ports.store)
    const post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    const { tickMs } = plan.timing
    const peers = plan.peers.map(({ nodeId }) => nodeId)
    const time = new ClockSync({ id: plan.nodeId, peers, tickMs, post, ports })
    const replica = openReplica(plan, ports, { machine, post, timeMs: () => time.timeMs() })
    serveReplica(replica, post)
    // After the worker has noted that the node runs, so that its lane in the timeline begins with what it is.
    const { role: to, term } = replica.view
    ports.soon(() =>
      ports.trace.note({ kind: 'role-changed', from: 'none', to, term, why: 'started', leader: null, silentMs: null }),
    )
    if (!isCounted) replica.probe()
    if (plan.faults.isPaused) replica.pause(true)

    const stops = new StopStack()
    stops.add(() => replica.stop())
    stops.add(ports.wire.listen((from, bytes) => post.receive(from, bytes)))
    stops.add(
      ports.clock.every(tickMs, () => {
        replica.tick()
        if (!replica.pump.isPaused) time.tick(replica.view.leader)
      }),
    )
    return running({ plan, ports, post, replica, time, stops })
  }
}

function openReplica(
  { nodeId, peers, timing, group }: NodePlan,
  ports: NodePorts,
  own: Pick<ReplicaParts, 'machine' | 'post' | 'timeMs'>,
): Replica {
  assert(group !== null, 'a replicated peer is a member of a group')
  const { tickMs, ...ticks } = timing
  const { founders, favourites, favouriteWaitTicks, hasRun } = group
  return new Replica({
    config: { id: nodeId, peers: peers.map((peer) => peer.nodeId), ...ticks, favourites, favouriteWaitTicks },
    founders,
    lost: ports.storeHistory === 'damaged' ? 'damaged' : hasRun ? 'missing' : null,
    tickMs,
    ports,
    ...own,
  })
}

interface Parts {
  readonly plan: NodePlan
  readonly ports: NodePorts
  readonly post: Post
  readonly replica: Replica
  readonly time: ClockSync
  readonly stops: StopStack
}

function running({ plan, ports, post, replica, time, stops }: Parts): RunningRole {
  const { tickMs } = plan.timing
  return {
    facts: () => {
      const { view, pump } = replica
      return {
        leadership: leadershipOf(view, tickMs),
        log: logOf(view, replica.appliedIndex),
        clockSync: time.view,
        notary: null,
        desk: null,
        timers: timersOf(view, tickMs),
        isPaused: pump.isPaused,
        canWrite: pump.canWrite,
        inboxLength: pump.inboxLength,
        anomalies: pump.anomalies + post.malformed + time.anomalies,
      }
    },
    setFaults: (rules) => {
      replica.pause(rules.isPaused)
      // At once and not with the next write: a follower may not write for hours, and a fault has to be seen.
      if (rules.isDiskFull === replica.pump.canWrite) replica.probe()
    },
    answer: (request, done) => {
      switch (request.kind) {
        case 'tables':
          return done(ok(ports.queries.tables()))
        case 'rows':
          return done(ports.queries.rows(request.table, request))
        case 'hand-over':
          return done(replica.handOver(request.to))
        case 'tamper':
        case 'repair':
        case 'examine':
          return done(fail('does-not-apply', 'this node is no peer of a notary'))
        case 'desk':
          return done(fail('does-not-apply', 'this node is no desk'))
        default:
          return unreachable(request)
      }
    },
    stop: () => void stops.run(),
  }
}
