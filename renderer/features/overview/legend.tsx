import { useWords } from '../../i18n/use-words.ts'
import { useTopology, useUi } from '../../stores/context.tsx'
import type { Condition } from '../../stores/derived/condition.ts'
import { findNode } from '../../stores/topology.ts'
import { Age } from '../../ui/age.tsx'
import { ConditionSign } from '../../ui/condition-sign.tsx'
import { dotsPerSecondMax } from './graph/message-mode.ts'
import { useMessageMode } from './graph/use-message-mode.ts'
import styles from './legend.module.css'

const shown: readonly Condition[] = ['leader', 'follower', 'candidate', 'paused', 'down', 'stale']

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
      <p className={styles.note} data-testid="message-mode" data-mode={mode}>
        {t(`overview.messages.${mode}`, { max: format.number(dotsPerSecondMax) })}
      </p>
    </section>
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
