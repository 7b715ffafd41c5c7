import { useWords } from '../../i18n/use-words.ts'
import { useTopology } from '../../stores/context.tsx'
import { allNodes } from '../../stores/topology.ts'
import styles from './strip.module.css'

/** While nodes start: which one, and how far it is. Nothing waits for it. */
export function StartStrip() {
  const { t } = useWords()
  const snapshot = useTopology((state) => state.snapshot)
  const nodes = allNodes(snapshot)
  const starting = nodes.filter(({ state }) => state.kind === 'starting')
  const waiting = nodes.filter(({ state }) => state.kind === 'waiting')
  const current = starting[0] ?? waiting[0]
  if (!current) return null
  const running = nodes.filter(({ state }) => state.kind === 'running').length
  const wanted = running + starting.length + waiting.length
  return (
    <div className={styles.strip} data-tone="calm" role="status" data-testid="start-strip">
      <progress className={styles.progress} max={wanted} value={running} aria-label={t('health.meaning.starting')} />
      <strong>{t('frame.starting', { node: current.id })}</strong>
      <span>{t('frame.startingCount', { running, all: wanted })}</span>
    </div>
  )
}
