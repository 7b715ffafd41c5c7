import { type ReadChoice, readChoices } from '#contract/worker/shop'
import { decodeText, encodeText } from '#kit/bytes'
import { type Store, StoreFailure } from '#ports/store'

const space = 'gateway'
const key = 'read-choice'

/** How fresh this shop wants its reads; kept on the gateway's own disk. */
export class KeptChoice {
  readonly #store: Store
  #value: ReadChoice
  #canWrite = true

  constructor(store: Store) {
    this.#store = store
    const bytes = store.view().get(space, key)
    const kept = bytes === null ? null : decodeText(bytes)
    this.#value = readChoices.find((one) => one === kept) ?? 'own-writes'
  }

  get value(): ReadChoice {
    return this.#value
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  /** False: the disk takes nothing now, and it stays as it was. */
  keep(choice: ReadChoice): boolean {
    try {
      this.#store.transaction((tx) => tx.put(space, key, encodeText(choice)))
      this.#value = choice
      this.#canWrite = true
    } catch (error) {
      if (!(error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')))
        throw error
      this.#canWrite = false
    }
    return this.#canWrite
  }
}
