/** A whole number as these formats write it: no sign, no zero before it. null: anything else, or too large to count with. */
export function decimal(text: string): number | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : null
}
