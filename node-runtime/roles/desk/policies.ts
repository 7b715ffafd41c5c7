import { deskLimits, type PolicyView } from '#contract/worker/desk'
import { fail, ok, type Result } from '#kit/result'
import type { Store } from '#ports/store'
import { durably } from './durable.ts'

/** What a policy says, as far as the desk needs to know. */
export interface PolicyFacts {
  /** For eyes to compare, and the name under which it is kept. */
  readonly fingerprint: string
  readonly origin: string
  /** As a verifier key. */
  readonly logKey: string
  readonly witnesses: number
  readonly quorum: number
}

export interface PoliciesParts {
  readonly store: Store
  /** null: that is no policy. */
  readonly read: (text: string) => PolicyFacts | null
}

/** What the disk keeps of one that counts. */
interface Kept {
  readonly text: string
  readonly isOwn: boolean
  /** Order in which they came to count. */
  readonly place: number
}

interface Pinned extends Kept {
  readonly facts: PolicyFacts
}

interface Known {
  readonly text: string
  readonly facts: PolicyFacts
}

const spaces = { pinned: 'policies', withheld: 'policies-withheld' } as const
const encoder = new TextEncoder()
const decoder = new TextDecoder()
const nothing = new Uint8Array(0)

/**
 * The keys that count. The policy of the lab's own notary counts by itself when it is heard first, and so do those that
 * follow it under the same log key: a majority of the lab's own members says so, each over a wire on which nobody else
 * can speak for it. Another log key, or one that somebody has withdrawn, counts only after a person has approved it.
 */
export class Policies {
  readonly #parts: PoliciesParts
  /** The newest first. */
  #pinned: readonly Pinned[]
  /** Log keys of own policies that a person has withdrawn. */
  #withheld: ReadonlySet<string>
  #own: Known | null = null

  constructor(parts: PoliciesParts) {
    this.#parts = parts
    const view = parts.store.view()
    const kept = view.scan(spaces.pinned).map(({ value }) => decodeKept(value))
    this.#pinned = kept
      .flatMap((row) => {
        const facts = parts.read(row.text)
        return facts === null ? [] : [{ ...row, facts }]
      })
      .sort((left, right) => right.place - left.place)
    this.#withheld = new Set(view.scan(spaces.withheld).map(({ key }) => key))
  }

  /** Texts of all that count. */
  get texts(): readonly string[] {
    return this.#pinned.map(({ text }) => text)
  }

  /** What the own notary goes by now; null: not enough of its members have said it. */
  get own(): string | null {
    return this.#own?.text ?? null
  }

  get isOwnApproved(): boolean {
    return this.#own !== null && this.#has(this.#own.facts)
  }

  views(): readonly PolicyView[] {
    const pinned = this.#pinned.map(({ text, facts, isOwn }) => viewOf({ text, facts }, { isOwn, isApproved: true }))
    const offered = this.#own
    if (offered === null || this.#has(offered.facts)) return pinned
    return [viewOf(offered, { isOwn: true, isApproved: false }), ...pinned]
  }

  /** What a majority of the own notary's members says. true: something is shown differently now. */
  learnOwn(text: string): boolean {
    const facts = text === this.own ? null : this.#parts.read(text)
    if (facts === null) return false
    this.#own = { text, facts }
    if (!this.#has(facts) && this.#countsByItself(facts)) this.#pin(this.#own, true)
    return true
  }

  /** null: the own notary's. */
  approve(text: string | null): Result<null> {
    const policy = text ?? this.own
    if (policy === null) return fail('not-ready', 'the own notary has not said yet whose keys count')
    const facts = this.#parts.read(policy)
    if (facts === null) return fail('bad-request', 'that is no policy')
    if (this.#has(facts)) return ok(null)
    return this.#pin({ text: policy, facts }, facts.fingerprint === this.#own?.facts.fingerprint)
  }

  withdraw(fingerprint: string): Result<null> {
    const pinned = this.#pinned.find(({ facts }) => facts.fingerprint === fingerprint)
    if (pinned === undefined) return fail('not-found', 'no policy of that fingerprint counts')
    const { logKey } = pinned.facts
    const written = durably(this.#parts.store, (tx) => {
      tx.delete(spaces.pinned, fingerprint)
      if (pinned.isOwn) tx.put(spaces.withheld, logKey, nothing)
    })
    if (!written.ok) return written
    this.#pinned = this.#pinned.filter((other) => other !== pinned)
    if (pinned.isOwn) this.#withheld = new Set([...this.#withheld, logKey])
    return ok(null)
  }

  /** The first one of the own notary, and whatever follows it under the same log key, unless a person has said no. */
  #countsByItself({ logKey }: PolicyFacts): boolean {
    const own = this.#pinned.filter(({ isOwn }) => isOwn)
    const isFirst = own.length === 0 && this.#withheld.size === 0
    return !this.#withheld.has(logKey) && (isFirst || own.some(({ facts }) => facts.logKey === logKey))
  }

  #pin({ text, facts }: Known, isOwn: boolean): Result<null> {
    // Those that came by themselves go by themselves; what a person has approved stays until a person withdraws it.
    const isFull = this.#pinned.length >= deskLimits.policiesMax
    const dropped = isFull ? this.#pinned.findLast((other) => other.isOwn) : undefined
    if (isFull && dropped === undefined) return fail('too-large', `${this.#pinned.length} policies count`)
    const kept: Kept = { text, isOwn, place: (this.#pinned[0]?.place ?? 0) + 1 }
    const written = durably(this.#parts.store, (tx) => {
      if (dropped !== undefined) tx.delete(spaces.pinned, dropped.facts.fingerprint)
      tx.delete(spaces.withheld, facts.logKey)
      tx.put(spaces.pinned, facts.fingerprint, encoder.encode(JSON.stringify(kept)))
    })
    if (!written.ok) return written
    this.#pinned = [{ ...kept, facts }, ...this.#pinned.filter((other) => other !== dropped)]
    this.#withheld = new Set([...this.#withheld].filter((logKey) => logKey !== facts.logKey))
    return ok(null)
  }

  #has({ fingerprint }: PolicyFacts): boolean {
    return this.#pinned.some(({ facts }) => facts.fingerprint === fingerprint)
  }
}

/** What more than half of all have said, word by word; null: nothing is. */
export function saidByMajority(said: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>()
  for (const text of said) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1)
  for (const [text, count] of counts) if (count * 2 > said.length) return text
  return null
}

function viewOf({ text, facts }: Known, how: Pick<PolicyView, 'isOwn' | 'isApproved'>): PolicyView {
  const { fingerprint, origin, witnesses, quorum } = facts
  return { fingerprint, origin, text, witnesses, quorum, ...how }
}

function decodeKept(bytes: Uint8Array): Kept {
  return JSON.parse(decoder.decode(bytes)) as Kept // written above, under the store's checksum
}
