import { useWords } from '../../i18n/use-words.ts'
import { useTopology, useUi } from '../../stores/context.tsx'
import type { Condition } from '../../stores/derived/condition.ts'
import { findNode } from '../../stores/topology.ts'
import { Age } from '../../ui/age.tsx'
import { ConditionSign } from '../../ui/condition-sign.tsx'
import { dotsPerSecondMax } from './graph/message-mode.ts'
import { useMessageMode } from './graph/use-message-mode.ts'
import styles from './legend.module.css'

const shown: readonly Condition[] = ['leader', 'follower', 'candidate', 'serving', 'paused', 'down', 'stale']

export function Legend() {
  const { t, format } = useWords()
  const mode = useMessageMode()
  return (
    <section className={styles.legend} aria-label={t('overview.legend')}>
      <BeliefNote />
      <ul className={styles.signs}>
        {shown.map((condition) => (
          <li key={condition}>
            <ConditionSign condition={condition} size={18} />
            {t(`node.condition.${condition}`)}
          </li>
        ))}
      </ul>
      {mode === 'dots' ? <MessageKinds /> : null}
      <p className={styles.note} data-testid="message-mode" data-mode={mode}>
        {t(`overview.messages.${mode}`, { max: format.number(dotsPerSecondMax) })}
      </p>
    </section>
  )
}

const kinds = ['heartbeat', 'entries', 'answer', 'vote', 'dropped'] as const

/** The shapes in which messages fly; a colour alone would not tell them apart for everybody. */
function MessageKinds() {
  const { t } = useWords()
  return (
    <ul className={styles.signs}>
      {kinds.map((kind) => (
        <li key={kind}>
          <svg className={styles.dot} data-kind={kind} viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
            {shapes[kind]}
          </svg>
          {t(`overview.messages.kinds.${kind}`)}
        </li>
      ))}
    </ul>
  )
}

const shapes: Readonly<Record<(typeof kinds)[number], React.ReactNode>> = {
  heartbeat: <circle r="4" fill="currentColor" />,
  entries: <rect x="-4" y="-4" width="8" height="8" fill="currentColor" />,
  answer: <circle r="3.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  vote: <path d="M0 -6 6 0 0 6 -6 0Z" fill="currentColor" />,
  dropped: <path d="M-5 -5 5 5M5 -5 -5 5" fill="none" stroke="currentColor" strokeWidth="2" />,
}

function BeliefNote() {
  const { t } = useWords()
  const beliefOf = useUi((state) => state.beliefOf)
  const wallMs = useTopology((state) =>
    beliefOf === null ? null : (findNode(state.snapshot, beliefOf)?.viewWallMs ?? null),
  )
  if (beliefOf === null) return null
  if (wallMs === null) return <p className={styles.belief}>{t('overview.beliefUnknown', { node: beliefOf })}</p>
  const [before, after] = t('overview.beliefNote', { node: beliefOf, age: '\u0000' }).split('\u0000')
  return (
    <p className={styles.belief}>
      {before}
      <Age wallMs={wallMs} />
      {after}
    </p>
  )
}
