import { IconAlertTriangle } from '@tabler/icons-react'
import styles from './caution.module.css'

interface CautionProps {
  readonly text: string
  readonly testId?: string
}

/** What a choice brings with it, said before it is made. */
export function Caution({ text, testId }: CautionProps) {
  return (
    <p className={styles.caution} role="note" data-testid={testId}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      {text}
    </p>
  )
}
