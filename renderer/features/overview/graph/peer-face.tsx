import { IconBolt, IconDatabaseX, IconSchool, IconUserOff } from '@tabler/icons-react'
import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import type { Belief } from '../../../stores/derived/beliefs.ts'
import {
  type Condition,
  isDown,
  isViewOfThisLife,
  lastLeadership,
  viewAgeMs,
} from '../../../stores/derived/condition.ts'
import type { LogScale, LogSight } from '../../../stores/derived/log-sight.ts'
import type { Standing } from '../../../stores/derived/membership.ts'
import type { RingNodeSight } from '../../../stores/derived/rings.ts'
import { Age } from '../../../ui/age.tsx'
import { ConditionSign, type Drawn, tokenOf } from '../../../ui/condition-sign.tsx'
import { LogLine } from '../log/log-line.tsx'
import { chatLineWords } from './chat-line-words.ts'
import { FiguresLine } from './figures-line.tsx'
import styles from './peer-face.module.css'
import { DoubtSign, RingLine, ringData } from './ring-line.tsx'
import { shopLineWords } from './shop-line-words.ts'

interface PeerFaceProps {
  readonly node: NodeCard
  readonly condition: Condition
  readonly belief: Belief | null
  readonly isBelieving: boolean
  /** It leads by all evidence: newest term, and a majority answers. */
  readonly isClusterLeader: boolean
  readonly isSelected: boolean
  readonly faultCount: number
  readonly sight: LogSight | null
  readonly scale: LogScale
  /** What it counts as in its group. */
  readonly standing: Standing
  /** null: it is no peer of a ring. */
  readonly ring: RingNodeSight | null
  readonly hostNowMs: number
  onOpen(): void
}

export function PeerFace(props: PeerFaceProps) {
  const { node, condition, belief, isBelieving, isClusterLeader, isSelected, faultCount, onOpen } = props
  const { sight, standing, ring } = props
  const { t } = useWords()
  const drawn: Drawn = isBelieving ? (belief?.condition ?? 'unknown') : condition
  const isStale = condition === 'stale' || isDown(condition)
  return (
    <button
      type="button"
      className={`${styles.face} nodrag nopan`}
      data-testid={`node-${node.id}`}
      data-node-id={node.id}
      data-state={node.state.kind}
      data-condition={condition}
      data-drawn={drawn}
      data-token={tokenOf[drawn]}
      data-leadership={isViewOfThisLife(node) ? (node.view?.leadership?.leadership ?? 'none') : 'none'}
      data-term={shownTerm(node) ?? 0}
      data-paused={node.view?.isPaused ?? false}
      data-stale={isStale}
      data-cluster-leader={isClusterLeader}
      data-faults={faultCount}
      data-standing={standing}
      {...logData(sight)}
      {...ringData(ring)}
      aria-pressed={isSelected}
      onClick={onOpen}
    >
      <span className={styles.top}>
        <ConditionSign condition={drawn} size={36} />
        <span className={styles.names}>
          <span className={styles.name}>{node.id}</span>
          <span className={styles.condition}>{t(`node.condition.${drawn}`)}</span>
        </span>
        {condition === 'serving' ? null : (
          <span className={styles.term}>
            <small>{t('node.term')}</small>{' '}
            {isBelieving && belief?.seen !== 'self' ? (belief?.term ?? '–') : (shownTerm(node) ?? '–')}
          </span>
        )}
      </span>
      <span className={styles.middle}>
        <span className={styles.line}>
          {isBelieving ? <BeliefLine belief={belief} /> : <EvidenceLine {...props} />}
        </span>
        <StandingSign standing={standing} />
        {ring === null ? null : <DoubtSign sight={ring} />}
      </span>
      <DoingLine {...props} isLive={!isStale} />
      <Facts node={node} isLive={!isStale} />
      {faultCount === 0 ? null : (
        <span className={styles.bolt}>
          <IconBolt size={13} aria-hidden="true" />
          {t('node.disturbed', { count: faultCount })}
        </span>
      )}
    </button>
  )
}

/** Where the node is in what its system has of it: in the log, in the ring, or in what it has done for the chat or the shop. */
function DoingLine({ node, ring, sight, scale, standing, isLive }: PeerFaceProps & { readonly isLive: boolean }) {
  const speech = useWords()
  if (ring !== null) return <RingLine sight={ring} />
  const { chat = null, shop = null, log = null } = node.view ?? {}
  if ((chat === null && shop === null) || log !== null)
    return <LogLine sight={sight} scale={scale} standing={standing} />
  if (!isLive || !isViewOfThisLife(node)) return <FiguresLine figures={[]} />
  return (
    <FiguresLine
      figures={[
        ...(chat === null ? [] : chatLineWords(chat, speech)),
        ...(shop === null ? [] : shopLineWords(shop, speech)),
      ]}
    />
  )
}

function shownTerm({ view }: NodeCard): number | undefined {
  return view?.ring?.term ?? view?.leadership?.term
}

/** For tests and for styles. No position stands here that nobody has told. */
function logData(sight: LogSight | null) {
  if (sight === null) return {}
  const { lastIndex, committedIndex, appliedIndex, snapshotIndex } = sight.log
  return {
    'data-log-last': lastIndex,
    'data-log-committed': committedIndex,
    'data-log-applied': appliedIndex,
    'data-log-snapshot': snapshotIndex,
    'data-log-behind': sight.behind ?? undefined,
    'data-log-old': sight.isOld,
  }
}

const standingIcons = { learner: IconSchool, lost: IconDatabaseX, outside: IconUserOff } as const

/** Only what is out of the ordinary: a voter is the usual case. */
function StandingSign({ standing }: { readonly standing: Standing }) {
  const { t } = useWords()
  if (standing === 'voter' || standing === 'unknown') return null
  const Icon = standingIcons[standing]
  return (
    <span className={styles.standing} data-standing={standing} title={t(`log.standingHint.${standing}`)}>
      <Icon size={13} aria-hidden="true" />
      {t(`log.standing.${standing}`)}
    </span>
  )
}

/** When it last reported; for a node that is gone, why, and what it was before. */
function EvidenceLine({ node, condition, hostNowMs }: PeerFaceProps) {
  const { t, format, language } = useWords()
  const { state } = node
  const last = lastLeadership(node)
  const age = viewAgeMs(node, hostNowMs)
  const before =
    last === null || age === null
      ? null
      : t('node.wasBefore', {
          condition: t(`node.condition.${last}`).toLocaleLowerCase(language),
          age: t('common.age.ago', { time: format.coarse(age) }),
        })
  if (state.kind === 'crashed') {
    return t('node.downWhy.crashed', { time: format.coarse(Math.max(0, state.retryWallMs - hostNowMs) + 999) })
  }
  if (state.kind === 'killed') return `${t('node.downWhy.killed')}${before === null ? '' : ` · ${before}`}`
  if (state.kind === 'left-down') return `${t('node.downWhy.left-down')}: ${t(`failures.${state.code}.title`)}`
  if (condition === 'stale' || condition === 'stopped') return before ?? '–'
  return (
    <>
      <span title={t('node.evidenceHint')}>{t('node.evidence')}</span> <Age wallMs={node.viewWallMs} />
    </>
  )
}

function BeliefLine({ belief }: { readonly belief: Belief | null }) {
  const { t, format } = useWords()
  if (belief === null) return '–'
  const { seen, heardMsAgo, differs } = belief
  const age =
    heardMsAgo === null || heardMsAgo < 1_000
      ? t('common.age.now')
      : t('common.age.ago', { time: format.coarse(heardMsAgo) })
  const words =
    seen === 'suspected' || seen === 'dead' || seen === 'outside' || seen === 'self' || seen === 'silent'
      ? t(`overview.seenAs.${seen}`)
      : t('overview.asMember', { age })
  return (
    <>
      {words}
      {differs ? <span className={styles.differs}>{t('overview.differs')}</span> : null}
    </>
  )
}

/** Figures of the process: only while it lives, because the last ones of a dead process say nothing. */
function Facts({ node, isLive }: { readonly node: NodeCard; readonly isLive: boolean }) {
  const { t, format } = useWords()
  const address = node.address === null ? '–' : `${node.address.host}:${node.address.port}`
  const view = isLive ? node.view : null
  return (
    <span className={styles.facts}>
      <span>{address}</span>
      {view === null ? null : (
        <span>
          {t('node.cpu')} {format.number(view.cpuPercent, 1)}&nbsp;% · {format.number(view.memoryMb)}&nbsp;MB
        </span>
      )}
    </span>
  )
}
