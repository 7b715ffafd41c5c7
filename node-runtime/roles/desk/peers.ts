import type { NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { ApiClient } from './api-client.ts'
import { membersIn, type PeerStatus, shapeLimits, statusIn } from './api-shapes.ts'
import { jsonIn, textOf } from './json-values.ts'
import { get } from './requests.ts'

export const watchLimits = {
  /** While documents are on their way; while somebody looks; and otherwise. */
  busyEveryMs: 250,
  watchedEveryMs: 1_000,
  idleEveryMs: 5_000,
  /** Somebody looks who asked for the status so recently. */
  watchedForMs: 15_000,
  /** Where strangers reach a peer changes with the lab only. */
  addressesEveryMs: 30_000,
  answerWithinMs: 2_000,
} as const

/** What one peer last said of itself, over a wire on which nobody else can speak for it. */
export interface KnownPeer {
  readonly nodeId: NodeId
  readonly status: PeerStatus | null
  readonly heardWallMs: number | null
  /** Where strangers reach it. */
  readonly http: string | null
  readonly policy: string | null
  /**
   * The witnessed size of its status when it was asked for that policy: a list of witnesses judges from some size on, so
   * another size may have another one.
   */
  readonly policyOf: number | null
}

export interface PeerWatchParts {
  readonly peers: readonly NodeId[]
  readonly client: Pick<ApiClient, 'ask'>
  readonly clock: Pick<Clock, 'now' | 'wall'>
  readonly isBusy: () => boolean
  /** Something that is shown has changed: not only the time at which it was heard. */
  readonly onChange: () => void
}

/** Asks each peer now and then how far it is: often while documents are on their way, seldom when nobody cares. */
export class PeerWatch {
  readonly #parts: PeerWatchParts
  readonly #known: Map<NodeId, KnownPeer>
  readonly #asked = new Set<string>()
  #lookedAtMs = Number.NEGATIVE_INFINITY
  #askedAtMs = Number.NEGATIVE_INFINITY
  #addressesAtMs = Number.NEGATIVE_INFINITY

  constructor(parts: PeerWatchParts) {
    this.#parts = parts
    const nothing = { status: null, heardWallMs: null, http: null, policy: null, policyOf: null }
    this.#known = new Map(parts.peers.map((nodeId) => [nodeId, { nodeId, ...nothing }]))
  }

  get known(): readonly KnownPeer[] {
    return [...this.#known.values()]
  }

  /** What the one says that has most; of those that have the same, the one who knows who leads. */
  get freshest(): PeerStatus | null {
    const statuses = this.known.flatMap(({ status }) => (status === null ? [] : [status]))
    return statuses.reduce<PeerStatus | null>((best, status) => (isFresher(status, best) ? status : best), null)
  }

  /** Up to here a majority of the witnesses has signed. */
  get witnessedSize(): number {
    return Math.max(0, ...this.known.map(({ status }) => status?.witnessedSize ?? 0))
  }

  /** Somebody looks. */
  look(): void {
    this.#lookedAtMs = this.#parts.clock.now()
  }

  tick(): void {
    const nowMs = this.#parts.clock.now()
    if (nowMs - this.#askedAtMs < this.#everyMs(nowMs)) return
    this.#askedAtMs = nowMs
    const areAddressesOld = nowMs - this.#addressesAtMs >= watchLimits.addressesEveryMs
    if (areAddressesOld) this.#addressesAtMs = nowMs
    for (const { nodeId, status: last, policyOf, http } of this.known) {
      this.#ask(nodeId, '/status', (body) => {
        const status = statusIn(jsonIn(body))
        return status === null ? {} : { status, heardWallMs: this.#parts.clock.wall() }
      })
      if (last !== null && last.witnessedSize !== policyOf) {
        this.#ask(nodeId, '/policy', (body) => {
          return { policy: textOf(decoder.decode(body), shapeLimits.policyCharsMax), policyOf: last.witnessedSize }
        })
      }
      if (http !== null && !areAddressesOld) continue
      this.#ask(nodeId, '/members', (body) => {
        const own = membersIn(jsonIn(body))?.find((member) => member.nodeId === nodeId)
        return own === undefined ? {} : { http: own.address }
      })
    }
  }

  #everyMs(nowMs: number): number {
    if (this.#parts.isBusy()) return watchLimits.busyEveryMs
    const isWatched = nowMs - this.#lookedAtMs < watchLimits.watchedForMs
    return isWatched ? watchLimits.watchedEveryMs : watchLimits.idleEveryMs
  }

  /** One question of a kind to one peer at a time. */
  #ask(nodeId: NodeId, path: string, read: (body: Uint8Array) => Partial<KnownPeer>): void {
    const key = `${nodeId}${path}`
    if (this.#asked.has(key)) return
    this.#asked.add(key)
    this.#parts.client.ask({ request: get(path), to: nodeId, withinMs: watchLimits.answerWithinMs }, (result) => {
      this.#asked.delete(key)
      if (result.ok) this.#learn(nodeId, read(result.value.answer.body))
    })
  }

  #learn(nodeId: NodeId, news: Partial<KnownPeer>): void {
    const before = this.#known.get(nodeId)
    if (before === undefined) return
    const after = { ...before, ...news }
    this.#known.set(nodeId, after)
    const shown = (peer: KnownPeer): string => JSON.stringify({ ...peer, heardWallMs: null })
    if (shown(before) !== shown(after)) this.#parts.onChange()
  }
}

function isFresher(status: PeerStatus, than: PeerStatus | null): boolean {
  if (than === null || status.size !== than.size) return status.size > (than?.size ?? -1)
  return than.leader === null && status.leader !== null
}

const decoder = new TextDecoder()
