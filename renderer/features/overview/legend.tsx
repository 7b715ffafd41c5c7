import { useWords } from '../../i18n/use-words.ts'
import { useTopology, useUi } from '../../stores/context.tsx'
import type { Condition } from '../../stores/derived/condition.ts'
import { findNode } from '../../stores/topology.ts'
import { Age } from '../../ui/age.tsx'
import { ConditionSign } from '../../ui/condition-sign.tsx'
import { FlightSign } from '../../ui/flights/flight-sign.tsx'
import { dotsPerSecondMax } from '../../ui/flights/message-mode.ts'
import { useMessageMode } from '../../ui/flights/use-message-mode.ts'
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
          <FlightSign kind={kind} />
          {t(`overview.messages.kinds.${kind}`)}
        </li>
      ))}
    </ul>
  )
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
