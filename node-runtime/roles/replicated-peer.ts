import type { ChatFacts } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import type { ShopFacts } from '#contract/worker/shop'
import type { NotaryPeerFacts } from '#contract/worker/view'
import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { StateMachine } from '#kit/state-machine'
import { StopStack } from '#kit/stop-stack'
import { beginLife } from './lives.ts'
import { Post } from './post.ts'
import { leadershipOf, logOf, timersOf } from './raft-view.ts'
import { ClockSync } from './replica/clock-sync.ts'
import { Replica, type ReplicaParts } from './replica/replica.ts'
import { serveReplica } from './replica/replica-service.ts'
import type { NodePorts, RoleStart, RunningRole } from './role.ts'

/** What a system is made of beside its replica, on one node. */
export interface ReplicatedSystem {
  readonly machine: StateMachine
  /** Followers answer reads too, so each of them hears at once what is committed, and not a tick later. */
  readonly isReadAnywhere?: boolean
  serve(member: ReplicatedMember): SystemService
}

/** This node's part in the group, as a system sees it. */
export interface ReplicatedMember {
  readonly plan: NodePlan
  readonly ports: NodePorts
  readonly post: Post
  readonly replica: Replica
  readonly time: ClockSync
}

export interface SystemService {
  /** While the node is awake. */
  tick(): void
  pause(isPaused: boolean): void
  readonly facts: SystemFacts
  answer(request: SystemRequest, done: (result: Result<unknown>) => void): void
  stop(): void
}

export interface SystemFacts {
  readonly notary: NotaryPeerFacts | null
  readonly chat: ChatFacts | null
  readonly shop: ShopFacts | null
  readonly anomalies: number
}

export type SystemRequest = Extract<
  NodeRequest,
  { readonly kind: 'tamper' | 'repair' | 'examine' | 'speak' | 'export' }
>

/** A member of a replicated group that does nothing beside. */
export function replicatedPeer(machine: StateMachine): RoleStart {
  return systemPeer(() => ({ machine, serve: () => nothingBeside }))
}

const nothingBeside: SystemService = {
  tick: () => {},
  pause: () => {},
  facts: { notary: null, chat: null, shop: null, anomalies: 0 },
  answer: (_, done) => done(fail('does-not-apply', 'this node is no peer of a system')),
  stop: () => {},
}

/** A member of a replicated group: what notary peers, and later other systems' servers, share. */
export function systemPeer(systemOn: (ports: NodePorts) => ReplicatedSystem): RoleStart {
  return (plan, ports) => {
    const system = systemOn(ports)
    const { machine, isReadAnywhere = false } = system
    const { life, isCounted } = beginLife(ports.store)
    const post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    const { tickMs } = plan.timing
    const peers = plan.peers.map(({ nodeId }) => nodeId)
    const isThere = (peer: NodeId): boolean => replica.view.membership.some(({ node }) => node === peer)
    const leader = (): NodeId | null => replica.view.leader
    const time: ClockSync = new ClockSync({ id: plan.nodeId, peers, tickMs, post, leader, ports, isThere })
    const replica: Replica = openReplica(plan, ports, {
      machine,
      isReadAnywhere,
      post,
      timeMs: () => time.timeMs(),
    })
    serveReplica(replica, post)
    // After the worker has noted that the node runs, so that its lane in the timeline begins with what it is.
    const { role: to, term } = replica.view
    ports.soon(() =>
      ports.trace.note({ kind: 'role-changed', from: 'none', to, term, why: 'started', leader: null, silentMs: null }),
    )
    if (!isCounted) replica.probe()
    const service = system.serve({ plan, ports, post, replica, time })
    const pause = (isPaused: boolean): void => {
      replica.pause(isPaused)
      service.pause(isPaused)
    }
    if (plan.faults.isPaused) pause(true)

    const stops = new StopStack()
    stops.add(() => replica.stop())
    stops.add(() => service.stop())
    stops.add(ports.wire.listen((from, bytes) => post.receive(from, bytes)))
    stops.add(
      ports.clock.every(tickMs, () => {
        replica.tick()
        if (replica.pump.isPaused) return
        time.tick()
        service.tick()
      }),
    )
    return running({ plan, ports, post, replica, time, service, pause, stops })
  }
}

function openReplica(
  { nodeId, peers, timing, group }: NodePlan,
  ports: NodePorts,
  own: Pick<ReplicaParts, 'machine' | 'isReadAnywhere' | 'post' | 'timeMs'>,
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

interface Parts extends ReplicatedMember {
  readonly service: SystemService
  readonly pause: (isPaused: boolean) => void
  readonly stops: StopStack
}

function running({ plan, ports, post, replica, time, service, pause, stops }: Parts): RunningRole {
  const { tickMs } = plan.timing
  return {
    facts: () => {
      const { view, pump } = replica
      const { notary, chat, shop, anomalies } = service.facts
      return {
        leadership: leadershipOf(view, tickMs),
        log: logOf(view, replica.appliedIndex),
        clockSync: time.view,
        notary,
        desk: null,
        ring: null,
        chat,
        shop,
        timers: timersOf(view, tickMs),
        isPaused: pump.isPaused,
        canWrite: pump.canWrite,
        inboxLength: pump.inboxLength,
        anomalies: pump.anomalies + post.malformed + time.anomalies + anomalies,
      }
    },
    setFaults: (rules) => {
      pause(rules.isPaused)
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
        case 'remove-member':
          return replica.remove(request.node, (result) => done(result.ok ? ok(null) : result))
        case 'tamper':
        case 'repair':
        case 'examine':
        case 'speak':
        case 'export':
          return service.answer(request, done)
        case 'desk':
          return done(fail('does-not-apply', 'this node is no desk'))
        case 'ring':
          return done(fail('does-not-apply', 'this node is no peer of a ring'))
        case 'chat':
        case 'shop':
          return done(fail('does-not-apply', 'this node is no desk'))
        case 'foreign':
          return done(fail('does-not-apply', 'no program comes to this node'))
        default:
          return unreachable(request)
      }
    },
    stop: () => void stops.run(),
  }
}
