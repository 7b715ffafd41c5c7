import type { NotaryAnswers, NotaryQuery, RegisterOutcome } from '#cores/notary/messages'
import { madeNotary, madeNote } from '#cores/notary/receipt/testing/made-notary'
import { formatVerifierKey } from '#cores/notary/receipt/verifier-key'
import { OneNotary } from '#cores/notary/testing/one-notary'
import type { FailureCode } from '#kit/failures'
import { nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'
import type { Evidence } from '../../evidence.ts'
import type { NotaryService, NotaryStanding, RegisterOrder, WitnessedCheckpoint } from '../../service.ts'

/** Three peers over one state: what a group is when nothing is on its way. */
export class FakeGroup {
  readonly notary = new OneNotary()
  readonly keys = madeNotary(3)
  readonly peers = [1, 2, 3].map((number) => new FakePeer(this, number))
  leader: number | null = 1

  get first(): FakePeer {
    return this.peer(1)
  }

  peer(number: number): FakePeer {
    const peer = this.peers[number - 1]
    if (peer === undefined) throw new Error(`no peer ${number}`)
    return peer
  }

  found(): void {
    const { log, witnesses } = this.keys
    this.notary.apply({ kind: 'found', origin: log.key.name, logKey: formatVerifierKey(log.key) })
    this.notary.apply({
      kind: 'witnesses',
      witnesses: witnesses.map(({ key }) => ({ name: key.name, key: formatVerifierKey(key) })),
      members: witnesses.length,
    })
  }

  /** Everybody signs what there is now. */
  witness(): void {
    const { size, root, witnesses } = this.notary.ask({ kind: 'status' })
    const note = madeNote(this.keys, size, root)
    for (const peer of this.peers) peer.witnessed = { size, root, note, witnesses, atMs: this.notary.atMs }
  }
}

export class FakePeer implements NotaryService {
  readonly #group: FakeGroup
  readonly #number: number
  /** Every order, as it came. */
  readonly orders: RegisterOrder[] = []
  readonly asked: { readonly query: NotaryQuery; readonly consistency: Consistency }[] = []
  witnessed: WitnessedCheckpoint | null = null
  lagEntries: number | null = 0
  /** What is refused from here on, and how. */
  refusesToRegister: FailureCode | null = null
  refusesToAnswer: FailureCode | null = null
  /** Orders that are carried out before the refusals begin. */
  ordersCarriedOut = 0
  /** Changes what the state says before anybody hears it. */
  distort: ((answer: unknown) => unknown) | null = null

  constructor(group: FakeGroup, number: number) {
    this.#group = group
    this.#number = number
  }

  get standing(): NotaryStanding {
    const { leader } = this.#group
    return {
      nodeId: nodeId(`notary-${this.#number}`),
      isLeader: leader === this.#number,
      leader: leader === null ? null : nodeId(`notary-${leader}`),
      term: 2,
      hearsMajority: leader !== null,
      lagEntries: this.lagEntries,
      broken: this.broken,
      leaderSilentMs: leader === this.#number ? 0 : 12,
      members: [1, 2, 3].map((number) => ({
        nodeId: nodeId(`notary-${number}`),
        isVoter: true,
        address: `node${number}:500${number}`,
      })),
    }
  }

  register(order: RegisterOrder, done: (result: Result<readonly RegisterOutcome[]>) => void): void {
    this.orders.push(order)
    const isRefused = this.refusesToRegister !== null && this.orders.length > this.ordersCarriedOut
    const result = isRefused
      ? fail(this.refusesToRegister ?? 'internal', 'as the test wants it')
      : ok(this.#group.notary.register(order.registrations, order.duplicates))
    queueMicrotask(() => done(result))
  }

  ask<Query extends NotaryQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<NotaryAnswers[Query['kind']]>) => void,
  ): void {
    this.asked.push({ query, consistency })
    const { distort } = this
    // As in a group: only the leader can make sure.
    const cannot = consistency === 'linearizable' && !this.standing.isLeader ? 'not-leader' : null
    const refusesToAnswer = this.refusesToAnswer ?? cannot
    queueMicrotask(() => {
      if (refusesToAnswer !== null) return done(fail(refusesToAnswer, 'as the test wants it'))
      const answer = this.#group.notary.ask(query)
      // A test that distorts keeps to the shape of what it distorts.
      done(ok(distort === null ? answer : (distort(answer) as NotaryAnswers[Query['kind']])))
    })
  }

  /** What a real peer would show of a copy in which this record is not what it was. */
  broken: NotaryStanding['broken'] = null

  evidence(from: number, limit: number, done: (result: Result<Evidence>) => void): void {
    const { records, size } = this.#group.notary.ask({ kind: 'records', from, limit, order: 'up' })
    const { broken, refusesToAnswer } = this
    const breaks = records.some(({ index }) => index === broken?.index)
      ? [{ index: broken?.index ?? 0, check: 'tree' as const }]
      : []
    queueMicrotask(() => {
      if (refusesToAnswer !== null) return done(fail(refusesToAnswer, 'as the test wants it'))
      done(ok({ records, breaks, size }))
    })
  }

  onChange(): () => void {
    return () => {}
  }
}
