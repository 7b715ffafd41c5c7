export interface RestartLimits {
  readonly delayMs: number
  readonly delayMsMax: number
  /** Only a crash before `ready`, or this soon after it, counts: a node that had worked for long deserves a new start. */
  readonly youngMs: number
  readonly crashesMax: number
  readonly windowMs: number
}

/** When a node that crashed comes back, and when it is left down. */
export const restartLimits: RestartLimits = {
  delayMs: 250,
  delayMsMax: 8_000,
  youngMs: 10_000,
  crashesMax: 5,
  windowMs: 60_000,
}

/** When the crashes that count happened, oldest first. */
export type CrashTimes = readonly number[]

export type Verdict = { readonly kind: 'restart'; readonly delayMs: number } | { readonly kind: 'leave-down' }

export function judgeCrash(
  before: CrashTimes,
  crash: { readonly nowMs: number; readonly counts: boolean },
  limits: RestartLimits = restartLimits,
): { readonly times: CrashTimes; readonly verdict: Verdict } {
  const recent = before.filter((time) => crash.nowMs - time < limits.windowMs)
  if (!crash.counts) return { times: recent, verdict: { kind: 'restart', delayMs: limits.delayMs } }
  const times = [...recent, crash.nowMs]
  if (times.length >= limits.crashesMax) return { times, verdict: { kind: 'leave-down' } }
  const delayMs = Math.min(limits.delayMsMax, limits.delayMs * 2 ** (times.length - 1))
  return { times, verdict: { kind: 'restart', delayMs } }
}

/**
 * How long a start may take after so many in a row that took too long. On a machine that has much else to do each kill
 * throws away what was done so far, so the next start gets twice the time: with the same it would be killed as well.
 */
export function patienceMs(firstMs: number, lateStarts: number): number {
  return Math.min(patienceMsMax, firstMs * 2 ** lateStarts)
}

const patienceMsMax = 60_000
