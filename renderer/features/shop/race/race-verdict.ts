import type { Race } from '#contract/worker/shop-races'

export type RaceVerdict =
  | { readonly kind: 'running'; readonly open: number }
  /** Everybody has a definite answer, and the ledger bears it out. */
  | { readonly kind: 'right'; readonly placed: number; readonly refused: number }
  | { readonly kind: 'wrong' }

export function raceVerdict({ state, counts, proof }: Pick<Race, 'state' | 'counts' | 'proof'>): RaceVerdict {
  if (state !== 'done' || proof === null) return { kind: 'running', open: counts.waiting + counts.sent }
  const isRight = proof.checks.length > 0 && proof.checks.every((check) => check.isRight)
  return isRight ? { kind: 'right', placed: counts.placed, refused: counts.refused } : { kind: 'wrong' }
}
