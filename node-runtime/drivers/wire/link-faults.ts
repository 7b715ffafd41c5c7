import type { LinkRules } from '#contract/worker/faults'
import type { Random } from '#kit/random'

/** What the faults of a link make of one message: dropped with a reason, or how long each copy of it is held back. */
export type Fate =
  | { readonly kind: 'dropped'; readonly why: 'cut' | 'loss' }
  | { readonly kind: 'sent'; readonly delaysMs: readonly number[] }

const unharmed: Fate = { kind: 'sent', delaysMs: [0] }
/** Percentages are drawn in hundredths, so that half a percent of loss is not none. */
const hundredths = 100

export function fateOf(rules: LinkRules | null, random: Random): Fate {
  if (rules === null) return unharmed
  if (rules.isCut) return { kind: 'dropped', why: 'cut' }
  if (happens(rules.lossPercent, random)) return { kind: 'dropped', why: 'loss' }
  const copies = happens(rules.duplicatePercent, random) ? 2 : 1
  return { kind: 'sent', delaysMs: Array.from({ length: copies }, () => delayOf(rules, random)) }
}

function happens(percent: number, random: Random): boolean {
  return random.chance(Math.round(percent * hundredths), 100 * hundredths)
}

/** Jitter comes on top, so that `delayMs` is the least that a message takes. */
function delayOf(rules: LinkRules, random: Random): number {
  const jitterMs = Math.round(rules.jitterMs)
  return rules.delayMs + (jitterMs > 0 ? random.below(jitterMs + 1) : 0)
}
