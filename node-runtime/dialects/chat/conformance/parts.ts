import { readStamp, timeOf } from '../stamp.ts'
import { type Fields, textOf, type Value } from '../values.ts'
import type { Findings } from './rules.ts'

/** Names the fields that are missing or of another kind, and never says what stands in them. */
export function judgeTexts(
  rule: 'fields' | 'publication-fields',
  wanted: readonly string[],
  data: Fields,
  findings: Findings,
): void {
  const missing = wanted.filter((field) => (textOf(data.get(field)) ?? '') === '')
  findings.note(rule, missing.length === 0, missing.join(', '))
}

/** What the next message of the same sender is held against. */
export function judgeStamp(
  dialect: 'course' | 'account',
  data: Fields,
  clockBefore: number | null,
  findings: Findings,
): number | null {
  const field = dialect === 'account' ? 'lamport_clock' : 'clock'
  findings.note('timestamp', timeOf(data.get('timestamp')) !== null, shownNumber(data.get('timestamp')))
  const { clock } = readStamp(data, field)
  findings.note('clock', clock !== null, shownNumber(data.get(field)))
  if (clock !== null && clockBefore !== null) {
    findings.note('clock-rises', clock > clockBefore, `${clockBefore} → ${clock}`)
  }
  return clock
}

/** Only of what is a number: anything else may be anything. */
function shownNumber(value: Value | undefined): string {
  return typeof value === 'number' ? String(value) : ''
}

export const reservedTopics: readonly string[] = ['servers', 'replica']
export const serviceCharsMax = 64
