import type { FaultRules } from '#contract/worker/faults'
import type { TraceWhat } from '#contract/worker/trace'
import { decodeNotaryQueryAnswer, encodeNotaryQuery } from '#cores/notary/index'
import type { NotaryAnswers, NotaryQuery, NotaryRecord, NotaryStatus } from '#cores/notary/messages'
import { assert } from '#kit/assert'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Handler } from '#ports/endpoint'
import { decodeEnvelope } from '#roles/envelope'
import { type CosignedPoint, cosigningKinds, decodeCosigned } from '#roles/notary/cosigning-codec'
import { NotaryPeer } from '#roles/notary/peer'
import type { NotaryService } from '#roles/notary/service'
import type { Replica } from '#roles/replica/replica'
import { systemPeer } from '#roles/replicated-peer'
import type { NodeHands, Program } from '../../subject.ts'
import { RoleOnNode } from '../replica/role-on-node.ts'
import { Asker } from './asker.ts'
import { HonestSecrets } from './honest-secrets.ts'
import type { NotaryParts } from './parts.ts'
import { type NotaryView, type NotaryWords, nothingShown } from './words.ts'

/** What one start of the role has handed out. */
interface Inside {
  readonly replica: Replica
  readonly service: NotaryService
}

const wallZeroMs = 1_795_225_120_000
/** A copy is computed anew at one of so many of its states, and in calm at each that stands for a while. */
const examinedOneOf = 24
const calmTicks = 20
const recordsPerLook = 500

/** A peer of the notary as a worker runs it, somebody who asks it, and an observer who sees what it holds. */
export class Peer implements Program<NotaryWords> {
  readonly #hands: NodeHands<NotaryWords>
  readonly #node: RoleOnNode<NotaryWords>
  readonly #asker: Asker
  #inside: Inside | null = null
  #isFull = false
  /** Whose state was told of, and how far. */
  #told: { readonly replica: Replica; readonly incarnation: number; size: number } | null = null
  #status: { readonly of: string; readonly replica: Replica; readonly value: NotaryStatus } | null = null
  #examined = ''

  constructor(hands: NodeHands<NotaryWords>, parts: NotaryParts) {
    this.#hands = hands
    this.#asker = new Asker(hands)
    this.#node = new RoleOnNode(hands, {
      start: this.#startOf(parts),
      role: 'notary-peer',
      secrets: new HonestSecrets(hands.id, hands.files, () => this.#isFull),
      storeFront: (store) => store,
      carry: (to, bytes) => hands.send(to, { bytes, cosigned: cosignedIn(bytes) }),
      note: (what) => this.#note(what),
      wallZeroMs,
    })
    hands.clock.every(hands.scenario.tickMs, () => this.#node.live(() => this.#tick()))
  }

  /** Whoever reports of a role reads its state, and what its disk says to that ends the role as well. */
  get view(): NotaryView {
    let view: NotaryView = { ...nothingShown, id: this.#hands.id, role: 'down' }
    this.#node.live(() => {
      view = this.#shown ?? view
    })
    return view
  }

  receive(from: NodeId, { bytes }: NotaryWords['message']): void {
    this.#node.deliver(from, bytes)
  }

  setFaults(rules: FaultRules): void {
    this.#isFull = rules.isDiskFull
    this.#node.setFaults(rules)
  }

  get #shown(): NotaryView | null {
    const leadership = this.#node.role?.facts().leadership
    const inside = this.#inside
    if (inside === null || !leadership || leadership.leadership === 'none') return null
    const { leadership: role, leader, incarnation } = leadership
    const { size, root } = this.#statusOf(inside.replica)
    return {
      ...{ id: this.#hands.id, role, leader, incarnation, size },
      appliedIndex: inside.replica.appliedIndex,
      root: toHex(root),
      witnessedSize: inside.service.witnessed?.size ?? 0,
      isDone: this.#asker.isDone,
    }
  }

  #startOf({ machineOf }: NotaryParts): ReturnType<typeof systemPeer> {
    const { clock } = this.#hands
    return (plan, ports) => {
      const start = systemPeer(({ secrets }) => ({
        machine: machineOf({ sha256: secrets.sha256, wallMs: () => wallZeroMs + clock.wall() }),
        isReadAnywhere: true,
        serve: (member) => {
          const apiOf = (service: NotaryService): Handler => {
            this.#inside = { replica: member.replica, service }
            return nobodyAsks
          }
          return new NotaryPeer({ member, apiOf })
        },
      }))
      this.#inside = null
      return start(plan, ports)
    }
  }

  #tick(): void {
    const inside = this.#node.role === null ? null : this.#inside
    if (inside === null) return
    const { size } = this.#statusOf(inside.replica)
    this.#tellOfGrowth(inside)
    this.#examine(inside)
    this.#asker.tick(inside.service, size)
  }

  #statusOf(replica: Replica): NotaryStatus {
    const of = stateOf(replica)
    if (this.#status?.of !== of || this.#status.replica !== replica) {
      this.#status = { of, replica, value: look(replica, { kind: 'status' }) }
    }
    return this.#status.value
  }

  #tellOfGrowth({ replica }: Inside): void {
    const { incarnation } = replica.view
    const { size, root, head } = this.#statusOf(replica)
    const told = this.#told
    const isSame = told?.replica === replica && told.incarnation === incarnation && told.size <= size
    const from = isSame ? told.size : 0
    if (from === size) return
    const records: NotaryRecord[] = []
    while (from + records.length < size) {
      const next = look(replica, { kind: 'records', from: from + records.length, limit: recordsPerLook, order: 'up' })
      if (next.records.length === 0) break
      records.push(...next.records)
    }
    this.#told = { replica, incarnation, size }
    this.#hands.note({ kind: 'holds', from, records, size, root: toHex(root), head })
  }

  #examine({ replica }: Inside): void {
    const { clock, scenario, random } = this.#hands
    const state = stateOf(replica)
    if (this.#examined === state) return
    const tick = clock.now() / scenario.tickMs
    const isCalm = tick >= scenario.ticksOfTrouble
    const isDue = isCalm ? tick % calmTicks === 0 : random.fork(`examine ${state}`).chance(1, examinedOneOf)
    if (!isDue) return
    this.#examined = state
    const found = look(replica, { kind: 'examine', after: null, limit: recordsPerLook })
    this.#hands.note({ kind: 'examined', found })
  }

  #note(what: TraceWhat): void {
    if (what.kind === 'anomaly') this.#hands.anomaly(what.detail)
    if (what.kind === 'dropped' && what.why === 'malformed') this.#hands.anomaly('a peer sent what is no message')
    if (what.kind === 'role-changed') this.#hands.note({ kind: 'role-changed', to: what.to })
    const { kind } = what
    if (kind === 'log-cut' || kind === 'snapshot-began' || kind === 'snapshot-installed' || kind === 'began-anew') {
      this.#hands.note({ kind })
    }
  }
}

/** Nobody comes by HTTP here: who asks has the service in its hands. */
const nobodyAsks: Handler = () => {}

function stateOf(replica: Replica): string {
  return `${replica.view.incarnation} ${replica.appliedIndex}`
}

function look<Query extends NotaryQuery>(replica: Replica, query: Query): NotaryAnswers[Query['kind']] {
  const kind: Query['kind'] = query.kind
  const answer = decodeNotaryQueryAnswer(kind, replica.look(encodeNotaryQuery(query)).answer)
  assert(answer !== null, `the machine answers ${kind}`)
  return answer
}

function cosignedIn(bytes: Uint8Array): CosignedPoint | null {
  const envelope = decodeEnvelope(bytes)
  return envelope?.kind === cosigningKinds.cosignatures ? decodeCosigned(envelope.body) : null
}
