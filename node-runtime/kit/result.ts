import type { Failure, FailureCode } from './failures.ts'

/** What may fail for reasons that are nobody's bug gives one of these back. Nothing is thrown for it. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: FailureCode, message: string): Result<never> {
  return { ok: false, failure: { code, message } }
}
