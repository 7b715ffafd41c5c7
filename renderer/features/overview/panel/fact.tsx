import type { ReactNode } from 'react'
import styles from './node-panel.module.css'

/** One line of a list of facts: its name on the left, what it is on the right. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
