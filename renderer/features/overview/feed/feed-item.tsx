import {
  IconActivity,
  IconAlertTriangle,
  IconArrowDownLeft,
  IconArrowsExchange,
  IconArrowUpRight,
  IconBolt,
  IconBoltOff,
  IconCheckbox,
  IconCircleDashed,
  IconCoin,
  IconCrown,
  IconDatabaseExport,
  IconDatabaseImport,
  IconDatabaseOff,
  IconDoorExit,
  IconEar,
  IconEarOff,
  IconFilterX,
  IconHandFinger,
  IconHourglass,
  IconLink,
  IconPower,
  IconRefresh,
  IconScissors,
  IconSeedling,
  IconSkull,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react'
import { memo } from 'react'
import type { RecordedEvent } from '#contract/window/recording'
import { eventSentence } from '../../../i18n/sentences/event.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { Sentence } from '../../../ui/sentence.tsx'
import styles from './feed-item.module.css'

/** An event never changes, so its row is drawn once. */
export const FeedItem = memo(function FeedItem({ event }: { readonly event: RecordedEvent }) {
  const speech = useWords()
  const { what, wallMs } = event
  const Icon = iconOf(event)
  return (
    <article
      className={styles.item}
      data-testid="feed-item"
      data-kind={what.kind}
      data-weight={weightOf(event)}
      data-node={event.node ?? undefined}
    >
      <Icon className={styles.icon} size={16} stroke={1.9} aria-hidden="true" />
      <p className={styles.words}>
        <Sentence text={eventSentence(event, speech)} />
      </p>
      <time className={styles.time} dateTime={new Date(wallMs).toISOString()}>
        {speech.format.clockExact(wallMs)}
      </time>
    </article>
  )
})

function iconOf({ what }: RecordedEvent): typeof IconBolt {
  switch (what.kind) {
    case 'sent':
      return IconArrowUpRight
    case 'received':
      return IconArrowDownLeft
    case 'dropped':
      return IconX
    case 'role-changed':
      return what.to === 'leader' ? IconCrown : IconRefresh
    case 'voted':
      return IconCheckbox
    case 'timer':
      return IconHourglass
    case 'anomaly':
      return IconAlertTriangle
    case 'ring-refused':
      return IconFilterX
    case 'members-changed':
      return IconUsersGroup
    case 'handing-over':
      return IconArrowsExchange
    case 'log-cut':
      return IconScissors
    case 'snapshot-began':
      return IconDatabaseExport
    case 'snapshot-installed':
      return IconDatabaseImport
    case 'peer-lost-disk':
    case 'group-lost':
    case 'copy-broken':
    case 'file-set-aside':
      return IconDatabaseOff
    case 'began-anew':
      return IconSeedling
    case 'ring-changed':
      return what.how.startsWith('led-') ? IconCrown : IconCircleDashed
    case 'ring-left':
      return IconDoorExit
    case 'suspected':
      return IconEarOff
    case 'cleared':
      return IconEar
    case 'found-dead':
      return IconSkull
    case 'ring-closed':
      return IconLink
    case 'token-began':
    case 'token-passed':
      return IconCoin
    case 'caught-up':
      return IconDatabaseImport
    case 'lifecycle':
      return what.state === 'started' ? IconActivity : IconPower
    case 'fault':
      return what.phase === 'began' ? IconBolt : IconBoltOff
    case 'action':
      return IconHandFinger
  }
}

const warnings = [
  'fault',
  'anomaly',
  'peer-lost-disk',
  'copy-broken',
  'began-anew',
  'file-set-aside',
  'suspected',
] as const

/** What a reader should not miss stands out: new leaders, faults, ends. */
function weightOf({ what }: RecordedEvent): 'leader' | 'fault' | 'end' | 'plain' {
  if (what.kind === 'role-changed' && what.to === 'leader') return 'leader'
  if (what.kind === 'ring-changed' && what.how.startsWith('led-')) return 'leader'
  if (warnings.some((kind) => kind === what.kind)) return 'fault'
  if (what.kind === 'group-lost' || what.kind === 'found-dead') return 'end'
  const ends = ['crashed', 'killed', 'left-down', 'refused']
  return what.kind === 'lifecycle' && ends.includes(what.state) ? 'end' : 'plain'
}
