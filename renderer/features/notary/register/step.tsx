import type { ReactNode } from 'react'
import styles from './register-part.module.css'

interface StepProps {
  readonly number: 1 | 2 | 3
  readonly title: string
  /** Stands beside the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Step({ number, title, aside, children }: StepProps) {
  return (
    <section className={styles.step} data-step={number} aria-label={title}>
      <div className={styles.heading}>
        <h2>
          <span className={styles.number}>{number}</span>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
