import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { OldView } from './old-view.tsx'
import styles from './timers-tab.module.css'

/** What the node waits for, and how much of the wait is left. */
export function TimersTab({ node }: { readonly node: NodeCard }) {
  const { t, format } = useWords()
  const timers = node.view?.timers ?? []
  if (timers.length === 0) return <Empty text={t('panel.noTimers')} />
  return (
    <>
      <OldView node={node} />
      <ul className={styles.timers} data-testid="timers">
        {timers.map(({ name, leftMs, ofMs }) => {
          const words = { left: format.duration(Math.max(0, leftMs)), of: format.duration(ofMs) }
          const title = isKnown(name) ? t(`panel.timers.${name}`) : name
          return (
            <li key={name}>
              <span className={styles.name}>{title}</span>
              <meter className={styles.bar} min={0} max={Math.max(1, ofMs)} value={leftMs} aria-label={title} />
              <span className={styles.left}>{t('panel.timerLeft', words)}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const known = ['election', 'heartbeat', 'check-quorum'] as const
function isKnown(name: string): name is (typeof known)[number] {
  return known.some((timer) => timer === name)
}
