import { parseServerList } from '#cores/election/codec'
import type { RankedServer } from '#cores/election/messages'
import { decodeText, encodeText } from '#kit/bytes'
import { type Store, StoreFailure } from '#ports/store'

const place = { space: 'node', key: 'ranks' } as const

/** What the reference last said of our servers: whoever comes back while it is away still knows who keeps the clocks. */
export class KnownRanks {
  readonly #store: Store
  #kept: string

  constructor(store: Store) {
    this.#store = store
    this.#kept = decodeText(store.view().get(place.space, place.key) ?? new Uint8Array(0)) ?? ''
  }

  /** Nothing for what cannot be read: the reference will say it again. */
  get all(): readonly RankedServer[] {
    try {
      return parseServerList(JSON.parse(this.#kept)) ?? []
    } catch {
      // No JSON is as good as none: nothing depends on it but how soon clocks are compared.
      return []
    }
  }

  keep(servers: readonly RankedServer[]): void {
    const text = JSON.stringify(servers)
    if (text === this.#kept) return
    this.#kept = text
    try {
      this.#store.transaction((tx) => tx.put(place.space, place.key, encodeText(text)))
    } catch (error) {
      // A disk that is full keeps none, and the next life waits for the reference.
      if (!(error instanceof StoreFailure)) throw error
    }
  }
}
