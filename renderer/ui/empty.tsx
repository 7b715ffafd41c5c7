import type { ReactNode } from 'react'
import styles from './empty.module.css'

interface EmptyProps {
  readonly title?: string
  readonly text: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
}

/** What stands where nothing is yet: says why, and what to do. */
export function Empty({ title, text, icon, children }: EmptyProps) {
  return (
    <div className={styles.empty}>
      {icon}
      {title ? <h2 className={styles.title}>{title}</h2> : null}
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  )
}
