import { isName } from '#cores/chat/index'
import type { Deed, DeedOutcome, Door } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import { type Passwords, passwordLimits } from '#ports/passwords'
import type { Accounts, NewPassword, SignIn, Token } from '../service.ts'
import type { ChatState } from './chat-state.ts'
import { Rates } from './rates.ts'
import { failureOf } from './refusals.ts'
import { type Claims, readToken, signToken, tokenLimits } from './tokens.ts'

export interface AccountsParts {
  readonly state: Pick<ChatState, 'look' | 'ask' | 'appliedIndex'>
  readonly act: (deed: Deed, done: (result: Result<DeedOutcome>) => void) => void
  readonly passwords: Passwords
  readonly sha256: Sha256
  readonly timeMs: () => number
}

export const accountLimits = {
  /** Of passwords for our own windows; programs of the account dialect may have any. */
  passwordCharsMin: 8,
  /** Sign-ins and sign-ups: of one name at one door, whoever asks, and of one connection, whichever name. */
  perName: { burst: 10, perMinute: 20 },
  perConnection: { burst: 30, perMinute: 60 },
  /** Of all programs together, because each may connect anew as often as it likes: half of what there is time for. */
  openDoor: { burst: 60, perMinute: 600 },
  /** Tokens that were found good, so that a message costs no sum. */
  tokensRememberedMax: 10_000,
} as const

export class ServerAccounts implements Accounts {
  readonly #parts: AccountsParts
  /** By door: programs that try a name do not keep its owner from the windows. */
  readonly #names = { native: new Rates(accountLimits.perName), account: new Rates(accountLimits.perName) }
  readonly #connections = new Rates(accountLimits.perConnection)
  readonly #openDoor = new Rates(accountLimits.openDoor)
  readonly #good = new Map<string, Claims>()
  /** Of users, as of one entry of the log: many ask between two. null: nobody is called so. */
  readonly #validFromMs = new Map<string, number | null>()
  #validAsOf = 0

  constructor(parts: AccountsParts) {
    this.#parts = parts
  }

  signUp(order: SignIn & { readonly deed: string }, done: (result: Result<Token>) => void): void {
    const { user, password, through, deed: id } = order
    if (!isName(user)) return done(fail('name-not-allowed', 'no name for a user'))
    if (isTooWeak(password, through)) return done(tooWeak)
    if (!this.#hasKey) return done(notReady)
    if (!this.#mayTry(order)) return done(tooMany)
    this.#parts.passwords.hash(password, (hashed) => {
      if (!hashed.ok) return done(hashed)
      const deed: Deed = { id, actor: null, what: { kind: 'sign-up', user, password: hashed.value, isBot: false } }
      this.#parts.act(deed, (result) => {
        // The id of a sign-up is everybody's to see in its event, and so proves nothing.
        const isAgain = result.ok && result.value.kind === 'done-before'
        if (isAgain)
          this.#checkPassword(order, (checked) => (checked.ok ? this.#tokenAfter(user, result, done) : done(checked)))
        else this.#tokenAfter(user, result, done)
      })
    })
  }

  signIn(order: SignIn & { readonly deed: string }, done: (result: Result<Token>) => void): void {
    const { user, through, deed: id } = order
    this.#check(order, (checked) => {
      if (!checked.ok) return done(checked)
      this.#parts.act({ id, actor: null, what: { kind: 'log-in', user, through } }, (result) =>
        this.#tokenAfter(user, result, done),
      )
    })
  }

  setPassword(order: NewPassword, done: (result: Result<Token>) => void): void {
    const { deed: id, newPassword } = order
    const user = this.#read(order.token)?.user
    if (user === undefined) return done(notSignedIn)
    if (isTooWeak(newPassword, 'native')) return done(tooWeak)
    this.#check({ ...order, user, through: 'native' }, (checked) => {
      if (!checked.ok) return this.#isAgain(user, order, checked, done)
      this.#parts.passwords.hash(newPassword, (hashed) => {
        if (!hashed.ok) return done(hashed)
        const deed: Deed = { id, actor: user, what: { kind: 'set-password', password: hashed.value } }
        this.#parts.act(deed, (result) => this.#tokenAfter(user, result, done))
      })
    })
  }

  /** The answer to it may have been lost with a leader: then the new password is the one that counts already. */
  #isAgain(
    user: string,
    { newPassword }: NewPassword,
    refused: Result<never>,
    done: (result: Result<Token>) => void,
  ): void {
    if (refused.ok || refused.failure.code !== 'not-signed-in') return done(refused)
    this.#checkPassword({ user, password: newPassword }, (checked) => done(checked.ok ? this.#tokenFor(user) : checked))
  }

  renew(token: string, done: (result: Result<Token>) => void): void {
    this.userOf(token, (user) => done(user.ok ? this.#tokenFor(user.value) : user))
  }

  userOf(token: string, done: (result: Result<string>) => void): void {
    const claims = this.#read(token)
    if (claims === null) return done(notSignedIn)
    const validFromMs = this.#validFrom(claims.user)
    const isGood = validFromMs !== null && claims.issuedMs >= validFromMs && this.#parts.timeMs() < claims.endsMs
    if (isGood) this.#remember(token, claims)
    else this.#good.delete(token)
    done(isGood ? ok(claims.user) : notSignedIn)
  }

  #validFrom(user: string): number | null {
    const { state } = this.#parts
    if (this.#validAsOf !== state.appliedIndex) this.#validFromMs.clear()
    this.#validAsOf = state.appliedIndex
    const known = this.#validFromMs.get(user)
    if (known !== undefined) return known
    const validFromMs = state.look({ kind: 'user', user }).user?.validFromMs ?? null
    this.#validFromMs.set(user, validFromMs)
    return validFromMs
  }

  #check(order: SignIn, done: (result: Result<null>) => void): void {
    if (!this.#hasKey) return done(notReady)
    if (!this.#mayTry(order)) return done(tooMany)
    this.#checkPassword(order, done)
  }

  /** As long for a name that nobody has as for one whose password is another. */
  #checkPassword(order: Tried, done: (result: Result<null>) => void): void {
    const { state, passwords } = this.#parts
    state.ask({ kind: 'user', user: order.user }, 'linearizable', (found) => {
      if (!found.ok) return done(found)
      passwords.check(found.value.user?.password ?? null, order.password, (checked) => {
        if (!checked.ok) return done(checked)
        done(checked.value ? ok(null) : notSignedIn)
      })
    })
  }

  get #hasKey(): boolean {
    return this.#parts.state.look({ kind: 'token-keys' }).keys.length > 0
  }

  /** All are counted, whichever refuses. */
  #mayTry({ user, from, through }: Pick<SignIn, 'user' | 'from' | 'through'>): boolean {
    const nowMs = this.#parts.timeMs()
    const isOfName = this.#names[through].takes(user, nowMs)
    const isOfConnection = this.#connections.takes(from, nowMs)
    return (through === 'native' || this.#openDoor.takes(through, nowMs)) && isOfName && isOfConnection
  }

  #tokenAfter(user: string, result: Result<DeedOutcome>, done: (result: Result<Token>) => void): void {
    if (!result.ok) return done(result)
    done(result.value.kind === 'refused' ? failureOf(result.value.why) : this.#tokenFor(user))
  }

  #tokenFor(user: string): Result<Token> {
    const { state, sha256, timeMs } = this.#parts
    const key = state.look({ kind: 'token-keys' }).keys.at(-1)
    if (key === undefined) return notReady
    // The log's time may be a little ahead of this clock, and what was taken back counts by the log's.
    const issuedMs = Math.max(timeMs(), state.look({ kind: 'user', user }).user?.validFromMs ?? 0)
    const claims: Claims = { user, issuedMs, endsMs: issuedMs + tokenLimits.lastsMs }
    return ok({ user, token: signToken(claims, key, sha256) })
  }

  /** null: forged, or of a key that counts no longer. */
  #read(token: string): Claims | null {
    const { state, sha256 } = this.#parts
    return this.#good.get(token) ?? readToken(token, state.look({ kind: 'token-keys' }).keys, sha256)
  }

  #remember(token: string, claims: Claims): void {
    if (this.#good.has(token)) return
    this.#good.set(token, claims)
    const [oldest] = this.#good.keys()
    if (this.#good.size > accountLimits.tokensRememberedMax && oldest !== undefined) this.#good.delete(oldest)
  }
}

interface Tried {
  readonly user: string
  readonly password: string
}

function isTooWeak(password: string, through: Door): boolean {
  const least = through === 'native' ? accountLimits.passwordCharsMin : 1
  return password.length < least || password.length > passwordLimits.passwordCharsMax
}

const tooWeak = fail('too-weak', 'a password of that length is not taken')
const notReady = fail('not-ready', 'the chat has no key for tokens yet')
const tooMany = fail('too-many', 'too many attempts to sign in')
const notSignedIn = fail('not-signed-in', 'nobody is signed in by that')
