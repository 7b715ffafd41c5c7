import type { Cart, CartAnswer, CartInput } from '#cores/shop/cart-messages'
import { cartStep, readCart } from '#cores/shop/index'
import { ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { CartSessions } from '#ports/shop-carts'
import type { Store } from '#ports/store'
import { OneTurn } from '../one-turn.ts'

export interface KeptCartsParts {
  readonly store: Store
  readonly clock: Pick<Clock, 'wall'>
  readonly soon: (work: () => void) => void
}

/** Carts on the disk of this node. */
export class KeptCarts implements CartSessions {
  readonly #parts: KeptCartsParts
  readonly #turn: OneTurn<CartInput, CartAnswer>

  constructor(parts: KeptCartsParts) {
    this.#parts = parts
    const { store, soon, clock } = parts
    this.#turn = new OneTurn({
      store,
      soon,
      step: (tx, inputs) => inputs.map((input) => cartStep(input, { tx, atMs: clock.wall() })),
      undone: () => {},
    })
  }

  get canWrite(): boolean {
    return this.#turn.canWrite
  }

  change(input: CartInput, done: (result: Result<CartAnswer>) => void): void {
    this.#turn.add(input, done)
  }

  read(session: string, done: (result: Result<Cart>) => void): void {
    const { store, soon, clock } = this.#parts
    soon(() => done(ok(readCart(store.view(), session, clock.wall()))))
  }

  probe(): void {
    this.#turn.probe()
  }
}
