import { Chip } from '@mantine/core'
import { useId } from 'react'
import type { NodeId } from '#kit/ids'
import styles from './fault-form.module.css'

interface NodesChoiceProps {
  readonly label: string
  readonly nodes: readonly NodeId[]
  readonly chosen: readonly NodeId[]
  onChange(chosen: readonly NodeId[]): void
}

/** One side of a cut: any number of nodes. */
export function NodesChoice({ label, nodes, chosen, onChange }: NodesChoiceProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out like the other labels.
    <div role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <div className={styles.chips}>
        {nodes.map((node) => (
          <Chip
            key={node}
            size="xs"
            checked={chosen.includes(node)}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, node] : chosen.filter((other) => other !== node))}
          >
            {node}
          </Chip>
        ))}
      </div>
    </div>
  )
}
