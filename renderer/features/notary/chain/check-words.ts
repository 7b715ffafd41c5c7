import type { Speech } from '../../../i18n/use-words.ts'

const checks = [
  'missing',
  'unreadable',
  'document-hash',
  'chain',
  'block-hash',
  'tree',
  'hash-index',
  'id-index',
] as const

/** What a check found wrong with a record, as a sentence about it. */
export function checkWords(check: string, t: Speech['t']): string {
  const known = checks.find((name) => name === check)
  return known === undefined ? t('notary.chain.broken.other', { check }) : t(`notary.chain.broken.${known}`)
}
