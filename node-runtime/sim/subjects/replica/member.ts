import type { FaultRules } from '#contract/worker/faults'
import type { TraceWhat } from '#contract/worker/trace'
import { decodeRaftMessage } from '#cores/raft/codec'
import type { RaftMessage } from '#cores/raft/messages'
import { registers } from '#cores/registers/registers'
import type { NodeId } from '#kit/ids'
import { decodeEnvelope } from '#roles/envelope'
import { replicatedPeer } from '#roles/replicated-peer'
import type { NodeHands, Program } from '../../subject.ts'
import { VirtualSecrets } from '../../virtual-secrets.ts'
import type { ReplicaParts } from './parts.ts'
import { RoleOnNode } from './role-on-node.ts'
import type { ReplicaView, ReplicaWords } from './words.ts'

/** A member of the group as a worker runs it: pump, codecs, storage, sessions and service, on virtual ports. */
export class Member implements Program<ReplicaWords> {
  readonly #hands: NodeHands<ReplicaWords>
  readonly #node: RoleOnNode<ReplicaWords>

  constructor(hands: NodeHands<ReplicaWords>, { storeFront }: ReplicaParts) {
    this.#hands = hands
    this.#node = new RoleOnNode(hands, {
      start: replicatedPeer(registers),
      role: 'register-peer',
      secrets: new VirtualSecrets(hands.id),
      storeFront,
      carry: (to, bytes) => hands.send(to, { bytes, raft: raftIn(bytes) }),
      note: (what) => this.#note(what),
      wallZeroMs: 0,
    })
  }

  get view(): ReplicaView {
    const { id } = this.#hands
    const facts = this.#node.role?.facts()
    const { leadership, log } = facts ?? {}
    if (!leadership || leadership.leadership === 'none')
      return { id, role: 'down', term: 0, leader: null, incarnation: 0, appliedIndex: 0, isDone: false }
    const { leadership: role, term, leader, incarnation } = leadership
    return { id, role, term, leader, incarnation, appliedIndex: log?.appliedIndex ?? 0, isDone: false }
  }

  receive(from: NodeId, { bytes }: ReplicaWords['message']): void {
    this.#node.deliver(from, bytes)
  }

  setFaults(rules: FaultRules): void {
    this.#node.setFaults(rules)
  }

  #note(what: TraceWhat): void {
    if (what.kind === 'anomaly') this.#hands.anomaly(what.detail)
    if (what.kind === 'dropped' && what.why === 'malformed') this.#hands.anomaly('a peer sent what is no message')
    if (what.kind === 'began-anew') this.#hands.note({ kind: 'began-anew' })
    if (what.kind === 'role-changed') this.#hands.note({ kind: 'role-changed', to: what.to, term: what.term })
  }
}

function raftIn(bytes: Uint8Array): RaftMessage | null {
  const envelope = decodeEnvelope(bytes)
  return envelope === null ? null : decodeRaftMessage(envelope.body)
}
