import type { NodeCard } from '#contract/window/topology'
import { useWords } from '../../../i18n/use-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import styles from './log-tab.module.css'
import { OldView } from './old-view.tsx'

/** The end of the node's own log, as the node wrote it: for whoever looks behind the sentences. */
export function LogTab({ node }: { readonly node: NodeCard }) {
  const { t } = useWords()
  const lines = node.view?.logTail ?? []
  if (lines.length === 0) return <Empty text={t('panel.noLog')} />
  return (
    <>
      <OldView node={node} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label={t('panel.tabs.log')} data-testid="log-tail">
        <pre className={styles.log} lang="en">
          {lines.join('\n')}
        </pre>
      </section>
    </>
  )
}
