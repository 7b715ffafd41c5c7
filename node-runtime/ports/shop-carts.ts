import type { Cart, CartAnswer, CartInput } from '#cores/shop/cart-messages'
import type { Result } from '#kit/result'

/**
 * Carts of visitors, each under the name of a session, for a day after it was last changed. Answers come by callback,
 * never before the call has returned; what was answered is kept.
 *
 * `change` fails with `timed-out` (nobody knows), `busy`, `disk-full` and `no-permission` (definite).
 */
export interface CartSessions {
  change(input: CartInput, done: (result: Result<CartAnswer>) => void): void
  /** One that is not there, or is over, is empty. */
  read(session: string, done: (result: Result<Cart>) => void): void
}
