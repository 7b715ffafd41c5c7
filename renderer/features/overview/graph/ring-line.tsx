import { IconEyeQuestion, IconHeartBroken } from '@tabler/icons-react'
import { listed } from '../../../i18n/sentences/listed.ts'
import { useWords } from '../../../i18n/use-words.ts'
import type { RingNodeSight } from '../../../stores/derived/rings.ts'
import logStyles from '../log/log-line.module.css'
import styles from './peer-face.module.css'

interface RingLineProps {
  readonly sight: RingNodeSight
}

/** In the place where others have their log: to whom the peer gives its messages, and how many it has. */
export function RingLine({ sight: { spoken, nextNode } }: RingLineProps) {
  const { t } = useWords()
  if (spoken === null) return <span className={logStyles.log} />
  const next = nextNode ?? spoken.next
  return (
    <span className={logStyles.log}>
      <span className={logStyles.figures}>
        <span>{next === null ? t('overview.ring.noNext') : t('overview.ring.next', { next })}</span>
        <span>{t('overview.ring.records', { count: spoken.records })}</span>
      </span>
    </span>
  )
}

/** Doubt comes before death, and both come from somebody: who says so stands in the hint. */
export function DoubtSign({ sight: { suspectedBy, deadBy } }: RingLineProps) {
  const { t, language } = useWords()
  const isDead = deadBy.length > 0
  if (!isDead && suspectedBy.length === 0) return null
  const Icon = isDead ? IconHeartBroken : IconEyeQuestion
  const by = { nodes: listed(isDead ? deadBy : suspectedBy, language) }
  return (
    <span
      className={styles.standing}
      data-standing={isDead ? 'lost' : 'suspected'}
      title={t(isDead ? 'overview.ring.deadBy' : 'overview.ring.suspectedBy', by)}
    >
      <Icon size={13} aria-hidden="true" />
      {t(isDead ? 'overview.ring.dead' : 'overview.ring.suspected')}
    </span>
  )
}

/** For tests and for styles. */
export function ringData(sight: RingNodeSight | null) {
  if (sight === null) return {}
  const { suspectedBy, deadBy, spoken } = sight
  const doubt = deadBy.length > 0 ? 'dead' : suspectedBy.length > 0 ? 'suspected' : 'none'
  return { 'data-doubt': doubt, 'data-ring-state': spoken?.state ?? 'none' }
}
