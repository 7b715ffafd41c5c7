import type { HealthReason } from '../../stores/derived/health.ts'
import type { Speech } from '../use-words.ts'

export function healthSentence(reason: HealthReason, { t, format }: Speech): string {
  if (reason.kind === 'fault-active') return t('health.reason.fault-active', { count: reason.count })
  if (reason.kind === 'ring-split') return t('health.reason.ring-split', { count: reason.count })
  if (!('ageMs' in reason)) return t(`health.reason.${reason.kind}`, { ...reason })
  const age = format.coarse(reason.ageMs)
  if (reason.kind === 'no-contact') return t('health.reason.no-contact', { age })
  return t('health.reason.node-stale', { node: reason.node, age })
}
