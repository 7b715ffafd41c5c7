import type { ReactNode } from 'react'
import type { SystemKind } from '#contract/window/topology'
import { hexagon } from '../../ui/hexagon.ts'
import styles from './drawings.module.css'

/** The systems that are still being built. */
export type ComingSystem = Exclude<SystemKind, 'notary'>

/** One drawing a system, all in the language of the comb. Decoration only. */
export const drawings: Readonly<Record<ComingSystem, ReactNode>> = {
  chat: (
    <Drawing>
      <path
        className={styles.sheet}
        d="M36 52h86a12 12 0 0 1 12 12v34a12 12 0 0 1-12 12H70l-20 18v-18H36a12 12 0 0 1-12-12V64a12 12 0 0 1 12-12z"
      />
      <path className={styles.line} d="M44 72h70M44 90h46" />
      <path className={styles.full} d={hexagon({ x: 142, y: 130, radius: 34 })} />
      <path className={styles.mark} d="M128 130h.1m13.9 0h.1m13.9 0h.1" />
    </Drawing>
  ),
  ring: (
    <Drawing>
      <circle className={styles.line} cx="100" cy="100" r="58" />
      {[0, 1, 2, 3, 4].map((index) => {
        const angle = (index / 5) * 2 * Math.PI - Math.PI / 2
        const place = { x: 100 + 58 * Math.cos(angle), y: 100 + 58 * Math.sin(angle), radius: 20 }
        return <path key={index} className={index === 0 ? styles.full : styles.sheet} d={hexagon(place)} />
      })}
      <circle className={styles.token} cx="145" cy="62" r="6" />
    </Drawing>
  ),
  shop: (
    <Drawing>
      <path className={styles.full} d="M58 96c-6-30 18-50 42-50s48 20 42 50z" />
      <path className={styles.sheet} d="M56 96h88l-12 62H68z" />
      <path className={styles.line} d="m78 96 5 62m17-62v62m22-62-5 62" />
      <path className={styles.token} d={hexagon({ x: 100, y: 44, radius: 11 })} />
    </Drawing>
  ),
}

function Drawing({ children }: { readonly children: ReactNode }) {
  return (
    <svg className={styles.drawing} viewBox="0 0 200 200" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}
