import { shopDeskLimits } from '#contract/worker/shop-calls'

const signs = /^(?:R\$)?\s*/i
/** One sign before at most two digits are cents; before three it parts thousands. */
const plain = /^(\d{1,7})(?:[.,](\d{1,2}))?$/
const parted = /^(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?$|^(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/

/** What somebody types for a price, with a comma or a point, in whole cents; null: that is no price, or more than anything costs. */
export function centsOf(text: string): number | null {
  const amount = text.trim().replace(signs, '')
  const found = plain.exec(amount) ?? parted.exec(amount)
  if (found === null) return null
  const whole = (found[1] ?? found[3] ?? '').replace(/[.,]/g, '')
  const cents = found[2] ?? found[4] ?? ''
  const sum = Number(whole) * 100 + Number(cents.padEnd(2, '0'))
  return sum > shopDeskLimits.priceCentsMax ? null : sum
}
