import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'

export function given<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function done(work: () => void): Result<null> {
  work()
  return given(null)
}

export function refused(code: FailureCode): Result<never> {
  return { ok: false, failure: { code, message: 'said by the fake lab' } }
}
