import type { Result } from '#kit/result'

/**
 * What is slow about passwords, beside the loop, and what has to be drawn by chance that nobody can guess. `done` is called
 * once, at once or later. Of these a few run at a time and some more wait; past that: `busy`.
 */
export interface Passwords {
  /** A PHC string with a salt of its own. */
  hash(password: string, done: (result: Result<string>) => void): void
  /** null: there is no such user. It takes the same time and is false, so that nobody learns who there is. */
  check(phc: string | null, password: string, done: (result: Result<boolean>) => void): void
  /** 32 bytes. */
  freshKey(): Uint8Array
}

export const passwordLimits = {
  /** 32 MB and about a tenth of a second each. */
  scryptLogN: 15,
  scryptR: 8,
  scryptP: 1,
  /** Each takes a thread of the few that the process has for slow work. */
  atOnceMax: 2,
  waitingMax: 64,
  /** Past this nobody could tell how long it takes. */
  passwordCharsMax: 1_024,
  saltBytes: 16,
  hashBytes: 32,
} as const
