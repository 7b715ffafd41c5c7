import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '#kit/result'
import { type Passwords, passwordLimits } from '#ports/passwords'
import { formatPhc, type Phc, parsePhc } from './phc.ts'

const keyBytes = 32

/** By the scrypt of the library, in the process's threads for slow work. */
export function openPasswords(): Passwords {
  const line = new Line()
  const { scryptLogN: logN, scryptR: r, scryptP: p, saltBytes, hashBytes } = passwordLimits
  const nobodys: Phc = { logN, r, p, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) }
  return {
    hash(password, done) {
      const own = { logN, r, p, salt: randomBytes(saltBytes), hash: nothing }
      line.add(password, own, (result) => done(result.ok ? ok(formatPhc({ ...own, hash: result.value })) : result))
    },
    check(text, password, done) {
      const phc = (text === null ? null : parsePhc(text)) ?? nobodys
      line.add(password, phc, (result) =>
        done(result.ok ? ok(timingSafeEqual(result.value, phc.hash) && phc !== nobodys) : result),
      )
    },
    freshKey: () => new Uint8Array(randomBytes(keyBytes)),
  }
}

/** A few at a time, in order. */
class Line {
  readonly #waiting: (() => void)[] = []
  #underWay = 0

  add(password: string, cost: Omit<Phc, 'hash'>, done: (result: Result<Uint8Array>) => void): void {
    if (password.length > passwordLimits.passwordCharsMax) return done(fail('too-large', 'too long for a password'))
    const { atOnceMax, waitingMax } = passwordLimits
    const work = (): void => this.#run(password, cost, done)
    if (this.#underWay < atOnceMax) return work()
    if (this.#waiting.length >= waitingMax) return done(fail('busy', 'too many passwords wait already'))
    this.#waiting.push(work)
  }

  #run(password: string, { logN, r, p, salt }: Omit<Phc, 'hash'>, done: (result: Result<Uint8Array>) => void): void {
    this.#underWay += 1
    const options = { N: 2 ** logN, r, p, maxmem }
    scrypt(password.normalize('NFKC'), salt, passwordLimits.hashBytes, options, (error, hash) => {
      this.#underWay -= 1
      this.#waiting.shift()?.()
      done(error === null ? ok(hash) : fail('internal', error.message))
    })
  }
}

/** The library counts a little more than the 128 bytes of each of N times r. What costs more than ours is never asked of it. */
const maxmem = 256 * 2 ** passwordLimits.scryptLogN * passwordLimits.scryptR

const nothing = new Uint8Array(0)
