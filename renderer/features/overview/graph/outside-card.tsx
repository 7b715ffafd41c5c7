import { IconPlugConnected } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { outsideOf } from '../../../stores/derived/open-ways.ts'
import graph from './graph.module.css'
import styles from './outside-card.module.css'

const namesShownMax = 4

/** Programs that are not of the lab and use its sockets: nobody can click them, they are not ours. */
export function OutsideCard({ data }: NodeProps) {
  const { t, format } = useWords()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ id }) => id === data.clusterId))
  const outside = cluster ? outsideOf(cluster) : null
  if (outside === null) return null
  const { names, nameless, servers } = outside
  const unshown = names.length - namesShownMax
  const lines = [
    ...names.slice(0, namesShownMax),
    ...(unshown > 0 ? [t('overview.chat.outside.more', { value: format.number(unshown) })] : []),
    ...(nameless > 0 ? [t('overview.chat.outside.nameless', { count: nameless })] : []),
    ...(servers > 0 ? [t('overview.chat.outside.servers', { count: servers })] : []),
  ]
  return (
    <>
      <Handle type="source" position={Position.Top} isConnectable={false} className={graph.handle} aria-hidden="true" />
      <Handle type="target" position={Position.Top} isConnectable={false} className={graph.handle} aria-hidden="true" />
      <section className={styles.outside} data-testid="outside-programs" aria-label={t('overview.chat.outside.title')}>
        <h3>
          <IconPlugConnected size={18} aria-hidden="true" />
          {t('overview.chat.outside.title')}
        </h3>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </>
  )
}
