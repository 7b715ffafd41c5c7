import type { OutboxOrder, OutboxState, RecordView } from '#contract/worker/desk'
import type { ShopInput } from '#contract/worker/shop-calls'
import type { OrderReceipt, ReceiptCheck } from '#contract/worker/shop-races'
import type { ShopOrder } from '#contract/worker/shop-shapes'
import { decodeText, encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { fail, ok, type Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'
import type { OutboxRow } from '../outbox-rows.ts'
import type { Done } from './asking.ts'
import type { OrdersDesk } from './orders.ts'

/** The desk's way to the notary. */
export interface NotaryDoor {
  /** Into its outbox; one whose id is there is left alone. */
  register(order: OutboxOrder): Result<unknown>
  find(id: string): OutboxRow | null
  /** All records of a document, oldest first, as the notary has them. */
  records(sha256: string, done: Done<readonly RecordView[]>): void
}

export interface ReceiptsParts {
  readonly store: Store
  readonly orders: OrdersDesk
  readonly notary: NotaryDoor
  readonly sha256: Sha256
}

const space = 'shop-receipt'

/**
 * What was ordered, in a text that is made of the order again whenever it is wanted, and whose hash the notary may have.
 * Only the hash goes there; the order's own id, which nobody can guess, keeps others from trying what might be in it.
 */
export class Receipts {
  readonly #parts: ReceiptsParts

  constructor(parts: ReceiptsParts) {
    this.#parts = parts
  }

  /** How far the registration is, as this desk knows. */
  stateOf(order: string): OutboxState | null {
    return this.#parts.notary.find(idOf(order))?.state ?? null
  }

  receipt(order: string, done: Done<OrderReceipt>): void {
    this.#withOrder(order, done, (found) => done(ok(this.#shown(found))))
  }

  register({ order, title, registrant }: ShopInput<'shop.registerReceipt'>, done: Done<OrderReceipt>): void {
    this.#withOrder(order, done, (found) => {
      if (!isFinal(found)) return done(fail('not-ready', 'the stock of the order is not confirmed'))
      const { text, sha256 } = this.#shown(found)
      // What was registered first is what it is held against for ever.
      const kept = this.#registered(order) ?? sha256
      const written = durably(this.#parts.store, (tx) => tx.put(space, order, encodeText(kept)))
      if (!written.ok) return done(written)
      const document = { kind: 'file', sha256, bytes: encodeText(text).length } as const
      const taken = this.#parts.notary.register({ id: idOf(order), document, title, registrant })
      done(taken.ok ? ok(this.#shown(found)) : taken)
    })
  }

  check(order: string, done: Done<ReceiptCheck>): void {
    this.#withOrder(order, done, (found) => {
      const { sha256 } = this.#shown(found)
      const registered = this.#registered(order)
      this.#parts.notary.records(registered ?? sha256, (records) => {
        if (!records.ok) return done(records)
        const [first] = records.value
        const facts = { sha256, index: first?.index ?? null, registeredAtMs: first?.atMs ?? null }
        if (registered !== null && registered !== sha256) return done(ok({ kind: 'changed', ...facts }))
        if (first !== undefined) return done(ok({ kind: 'registered', ...facts }))
        done(ok({ kind: registered === null ? 'not-registered' : 'waiting', ...facts }))
      })
    })
  }

  #withOrder<T>(order: string, done: Done<T>, then: (found: ShopOrder) => void): void {
    this.#parts.orders.one(order, (result) => {
      if (!result.ok) return done(result)
      const { order: found } = result.value
      if (found === null) return done(fail('not-found', `no order ${order}`))
      then(found)
    })
  }

  /** The hash that was registered from here; null: none was. */
  #registered(order: string): string | null {
    const bytes = this.#parts.store.view().get(space, order)
    return bytes === null ? null : decodeText(bytes)
  }

  #shown(order: ShopOrder): OrderReceipt {
    const text = receiptOf(order)
    const row = this.#parts.notary.find(idOf(order.id))
    return {
      text,
      sha256: toHex(this.#parts.sha256(encodeText(text))),
      fileName: `pedido-${order.number}.txt`,
      state: row?.state ?? null,
      index: row?.record?.index ?? null,
    }
  }
}

function idOf(order: string): string {
  return `shop-${order}`
}

function isFinal({ state, owes }: ShopOrder): boolean {
  return state !== 'received' && owes !== 'confirm'
}

/** Of what never changes of an order, and in one way only: texts as JSON has them, so that no text can look like a line. */
export function receiptOf(order: ShopOrder): string {
  const { id, number, name, phone, pickupName, pickupDate, message, lines, totalCents, createdAtMs } = order
  const items = lines.map(
    ({ product, quantity, priceCents, name: called }) =>
      `item: ${product} ${quantity} x ${priceCents} ${JSON.stringify(called)}`,
  )
  return [
    'colmeia shop-receipt@v1',
    `order: ${number} ${id}`,
    `at-ms: ${createdAtMs}`,
    `name: ${JSON.stringify(name)}`,
    `phone: ${JSON.stringify(phone)}`,
    `pick-up: ${JSON.stringify(pickupName)} ${JSON.stringify(pickupDate)}`,
    `message: ${JSON.stringify(message)}`,
    ...items,
    `total-cents: ${totalCents}`,
    '',
  ].join('\n')
}
