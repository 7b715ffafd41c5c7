import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow } from '../../../stores/context.tsx'
import { conditionOf, isDown, viewAgeMs } from '../../../stores/derived/condition.ts'
import styles from './node-panel.module.css'

/** Nothing old is shown as live: says how old the node's last report is, once it is. */
export function OldView({ node }: { readonly node: NodeCard }) {
  const { t, format } = useWords()
  const now = useHostNow()
  const condition = conditionOf(node, now)
  const age = viewAgeMs(node, now)
  if (age === null || (condition !== 'stale' && condition !== 'unknown' && !isDown(condition))) return null
  return (
    <p className={styles.old} data-testid="old-view">
      {t('panel.oldView', { age: t('common.age.ago', { time: format.coarse(age) }) })}
    </p>
  )
}
