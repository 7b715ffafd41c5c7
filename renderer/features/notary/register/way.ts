import type { OutboxItem } from '#contract/worker/desk'
import type { Speech } from '../../../i18n/use-words.ts'

/** Where a document is on its way, in a sentence. */
export function wayOf(item: OutboxItem, peers: number, speech: Speech): string {
  const { t, format } = speech
  const { record, copies } = item
  const index = record === null ? '' : format.number(record.index)
  switch (item.state) {
    case 'waiting':
      return item.attempts === 0
        ? t('notary.register.way.waiting')
        : t('notary.register.way.waitingTried', { count: item.attempts })
    case 'sent':
      return t('notary.register.way.sent')
    case 'in-log':
      return copies === null
        ? t('notary.register.way.inLog', { index })
        : t('notary.register.way.onDisks', { index, copies, peers: Math.max(peers, copies) })
    case 'co-signed':
      return t('notary.register.way.coSigned', { index })
    case 'already':
      return t('notary.register.way.already', {
        index,
        when: record === null ? '' : format.moment(record.atMs),
        who: record?.registrant || t('notary.unnamed'),
      })
    default:
      return t('notary.register.way.refused', { why: whyOf(item.whyRefused ?? '', speech) })
  }
}

const knownWhys = ['too-large', 'empty', 'malformed', 'id-taken'] as const

function whyOf(code: string, { t }: Speech): string {
  const known = knownWhys.find((why) => why === code)
  return known === undefined ? t('notary.register.why.other', { code }) : t(`notary.register.why.${known}`)
}

/** How many of the five stations are behind it: here, sent, in the log, on every disk that counts, co-signed. */
export function stationsOf({ state, copies }: OutboxItem, peers: number): number {
  if (state === 'waiting') return 1
  if (state === 'sent') return 2
  if (state === 'in-log') return copies !== null && copies >= peers ? 4 : 3
  return state === 'refused' ? 0 : 5
}
