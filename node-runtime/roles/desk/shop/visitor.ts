import { decodeText, encodeText } from '#kit/bytes'
import { fail, ok, type Result } from '#kit/result'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'
import { fieldOf, jsonIn, textOf } from '../json-values.ts'
import type { ShopClient } from './client.ts'
import { send } from './requests.ts'
import { shapeLimits } from './shapes.ts'

const space = 'shop-visitor'
const key = 'session'

type Done = (result: Result<string>) => void

/** The session of whoever sits at this desk, kept over restarts. */
export class Visitor {
  readonly #store: Store
  readonly #client: Pick<ShopClient, 'ask'>
  #session: string | null
  /** Who waits for one that is being opened. */
  #waiting: Done[] = []

  constructor(store: Store, client: Pick<ShopClient, 'ask'>) {
    this.#store = store
    this.#client = client
    const bytes = store.view().get(space, key)
    this.#session = bytes === null ? null : decodeText(bytes)
  }

  get session(): string | null {
    return this.#session
  }

  /** Opens one if there is none. */
  begin(done: Done): void {
    if (this.#session !== null) return done(ok(this.#session))
    this.#waiting.push(done)
    if (this.#waiting.length > 1) return
    // One that is opened and never used ends by itself.
    this.#client.ask({ request: send('POST', '/api/carrinho/sessao'), isRepeatable: true }, (result) => {
      const waiting = this.#waiting
      this.#waiting = []
      const begun = result.ok ? this.#keep(jsonIn(result.value.answer.body)) : result
      for (const one of waiting) one(begun)
    })
  }

  leave(): Result<null> {
    const left = durably(this.#store, (tx) => tx.delete(space, key))
    if (left.ok) this.#session = null
    return left.ok ? ok(null) : left
  }

  #keep(json: unknown): Result<string> {
    const session = textOf(fieldOf(fieldOf(json, 'data'), 'session_id'), shapeLimits.sessionCharsMax)
    if (session === null || session === '') return fail('internal', 'the shop opened a session without a name')
    const kept = durably(this.#store, (tx) => tx.put(space, key, encodeText(session)))
    if (!kept.ok) return kept
    this.#session = session
    return ok(session)
  }
}
