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
      return copies === null
        ? t('notary.register.way.coSigned', { index })
        : t('notary.register.way.coSignedOnDisks', { index, copies, peers: Math.max(peers, copies) })
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

export interface Station {
  readonly name: 'here' | 'sent' | 'in-log' | 'on-disks' | 'co-signed'
  /** `part`: on the disks of a majority, and not yet on all. */
  readonly done: 'true' | 'part' | 'false'
}

/** The five stations of every document, and which are behind it. */
export function stationsOf({ state, copies }: OutboxItem, peers: number): readonly Station[] {
  const reached = { waiting: 1, sent: 2, 'in-log': 3, 'co-signed': 5, already: 5, refused: 0 }[state]
  const disks = copies === null || reached < 3 ? 'false' : copies >= peers ? 'true' : 'part'
  const names = ['here', 'sent', 'in-log', 'on-disks', 'co-signed'] as const
  return names.map((name, place) => ({
    name,
    done: name === 'on-disks' && state !== 'already' ? disks : place < reached ? 'true' : 'false',
  }))
}
