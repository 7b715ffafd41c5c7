import type {
  DeskCall,
  DeskCallName,
  DeskInput,
  DeskNotaryStatus,
  DeskOutput,
  OutboxItem,
  OutboxPage,
} from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { ApiClient } from './api-client.ts'
import type { Judge } from './judge.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxRow } from './outbox-rows.ts'
import type { PeerWatch } from './peers.ts'
import type { Policies } from './policies.ts'
import type { Proofs } from './proofs.ts'
import { reads } from './reads.ts'
import type { Sender } from './sender.ts'

export interface DeskParts {
  readonly outbox: Outbox
  readonly sender: Sender
  readonly client: ApiClient
  readonly watch: PeerWatch
  readonly policies: Policies
  readonly judge: Judge
  readonly proofs: Proofs
  readonly peers: readonly NodeId[]
  readonly clock: Pick<Clock, 'wall'>
  readonly soon: (work: () => void) => void
  readonly onChange: () => void
  /** Something new waits in the outbox. */
  readonly wake: () => void
}

const callLimits = {
  /** A page ends early rather than to be longer than a pipe takes. */
  pageCharsMax: 512 * 1024,
  /** Rows that are taken out at once; then others have their turn. */
  clearedAtOnceMax: 2_000,
} as const

type Done<T> = (result: Result<T>) => void
type Handlers = {
  readonly [Name in DeskCallName]: (input: DeskInput<Name>, done: Done<DeskOutput<Name>>) => void
}

/** What people ask the desk for. The host has checked the shape of what they give. */
export class DeskCallsHandler {
  readonly #parts: DeskParts
  readonly #handlers: Handlers

  constructor(parts: DeskParts) {
    this.#parts = parts
    this.#handlers = this.#all()
  }

  answer({ name, input }: DeskCall, done: Done<unknown>): void {
    // A name with its own input, which the union cannot see.
    const handler = this.#handlers[name] as (input: unknown, done: Done<unknown>) => void
    handler(input, done)
  }

  #all(): Handlers {
    const { client, watch, policies, proofs, peers } = this.#parts
    const atPeer = (_: unknown, done: Done<null>): void =>
      done(fail('does-not-apply', 'that is asked of the peer itself'))
    return {
      'notary.register': ({ documents }, done) => done(this.register(documents)),
      'notary.outbox': (query, done) => done(ok(this.#outbox(query))),
      'notary.clearOutbox': ({ what }, done) => this.#clear(what, done),
      'notary.status': (_, done) => {
        watch.look()
        done(ok(this.#status()))
      },
      'notary.records': (input, done) => reads['notary.records'](client, input, done),
      'notary.find': (input, done) => reads['notary.find'](client, input, done),
      'notary.chain': (input, done) => {
        if (!peers.includes(input.nodeId)) return done(fail('unknown-node', `${input.nodeId} is no peer of the notary`))
        reads['notary.chain'](client, input, done)
      },
      'notary.receipt': ({ index }, done) => proofs.receipt(index, done),
      'notary.certificate': (input, done) => proofs.certificate(input, done),
      'notary.check': (input, done) => done(proofs.check(input)),
      'notary.policies': (_, done) => done(ok({ policies: policies.views() })),
      'notary.approve': ({ policy }, done) => done(this.#changed(policies.approve(policy))),
      'notary.withdraw': ({ fingerprint }, done) => done(this.#changed(policies.withdraw(fingerprint))),
      'notary.examine': atPeer,
      'notary.tamper': atPeer,
      'notary.repair': atPeer,
    }
  }

  /** Also for what other parts of the desk have to register. */
  register(documents: DeskInput<'notary.register'>['documents']): Result<DeskOutput<'notary.register'>> {
    const { outbox, clock, soon, wake } = this.#parts
    const taken = outbox.take(documents, clock.wall())
    // After the answer: what waits in this turn goes in one batch.
    if (taken.ok) soon(wake)
    return this.#changed(taken)
  }

  #outbox(query: DeskInput<'notary.outbox'>): OutboxPage {
    const { outbox } = this.#parts
    const { items: rows, next } = outbox.page(query)
    const items: OutboxItem[] = []
    let chars = 0
    for (const row of rows) {
      chars += JSON.stringify(row).length
      const last = items.at(-1)
      if (last !== undefined && chars > callLimits.pageCharsMax)
        return { items, next: last.position, counts: outbox.counts }
      items.push(this.#shown(row))
    }
    return { items, next, counts: outbox.counts }
  }

  #shown(row: OutboxRow): OutboxItem {
    const { sender, watch } = this.#parts
    const index = row.record?.index
    const sizes = watch.known.map(({ status }) => status?.size ?? 0)
    return {
      ...row,
      attempts: row.attempts + sender.attemptsOf(row.position),
      copies: index === undefined ? null : sizes.filter((size) => size > index).length,
    }
  }

  #clear(what: 'finished' | 'all', done: Done<DeskOutput<'notary.clearOutbox'>>): void {
    const { outbox, soon } = this.#parts
    const cleared = outbox.clear(what, callLimits.clearedAtOnceMax)
    if (cleared.ok && !cleared.value) return soon(() => this.#clear(what, done))
    done(this.#changed(cleared.ok ? ok(outbox.counts) : cleared))
  }

  #status(): DeskNotaryStatus {
    const { watch, outbox, policies, judge } = this.#parts
    const { known, freshest } = watch
    const own = policies.own
    const facts = own === null ? null : judge.readPolicy(own)
    return {
      origin: freshest?.origin ?? facts?.origin ?? null,
      size: freshest?.size ?? 0,
      root: freshest?.root ?? '',
      head: freshest?.head ?? '',
      leader: freshest?.leader ?? null,
      witnessedSize: watch.witnessedSize,
      witnesses: facts?.keys ?? [],
      policy: own,
      isApproved: policies.isOwnApproved,
      peers: known.map(({ nodeId, status, heardWallMs, http }) => ({
        nodeId,
        http,
        size: status?.size ?? null,
        head: status?.head ?? null,
        heardWallMs,
        // The host knows it from the peer's own view.
        examination: { kind: 'none' },
      })),
      counts: outbox.counts,
    }
  }

  #changed<T>(result: Result<T>): Result<T> {
    if (result.ok) this.#parts.onChange()
    return result
  }
}
