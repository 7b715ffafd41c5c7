import type { Condition } from '../stores/derived/condition.ts'
import styles from './condition-sign.module.css'
import { hexagon } from './hexagon.ts'

/** What may be drawn of a node: its condition, or what another believes of it. */
export type Drawn = Condition | 'suspected'

/** Which colour token a condition wears. The shape in the cell is the second sign; the label beside it the third. */
export const tokenOf: Record<Drawn, string> = {
  leader: 'leader',
  follower: 'follower',
  member: 'follower',
  serving: 'follower',
  candidate: 'candidate',
  'pre-candidate': 'candidate',
  seeking: 'unknown',
  left: 'unknown',
  suspected: 'unknown',
  down: 'down',
  // Somebody stopped it on purpose: no alarm.
  stopped: 'unknown',
  waiting: 'unknown',
  starting: 'unknown',
  stopping: 'unknown',
  paused: 'paused',
  stale: 'unknown',
  unknown: 'unknown',
}

interface SignProps {
  readonly condition: Drawn
  readonly size?: number
}

/** A cell of the comb that shows by its shape what a node is: crown, dot, raised hand, cross, bars, dots. */
export function ConditionSign({ condition, size = 30 }: SignProps) {
  return (
    <svg
      className={styles.sign}
      data-token={tokenOf[condition]}
      data-condition={condition}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.cell} d={hexagon({ x: 16, y: 16, radius: 14.4 })} />
      <g className={styles.glyph}>{glyphs[condition]}</g>
    </svg>
  )
}

const crown = <path d="M9.5 20.5v-8l4 3.4L16 10l2.5 5.9 4-3.4v8z" fill="currentColor" stroke="none" />
const dot = <circle cx="16" cy="16" r="3.4" fill="currentColor" stroke="none" />
const tray = <path d="M10 13.5h12v3H10zm1.5 3V21m9-4.5V21" />
const hand = <path d="M16 22v-11m-4.2 4.4L16 11l4.2 4.4" />
const cross = <path d="m11.5 11.5 9 9m0-9-9 9" />
const square = <rect x="11.5" y="11.5" width="9" height="9" rx="1.5" />
const bars = <path d="M13 11v10m6-10v10" strokeWidth="3" />
const glass = <path d="M14.6 19.2a4.6 4.6 0 1 1 0-9.2 4.6 4.6 0 0 1 0 9.2zm3.4-1.2 3.6 3.6" />
const door = <path d="M17 10.5h-5.5v11H17M15 16h7.5m-2.8-2.8 2.8 2.8-2.8 2.8" />
const eye = <path d="M9.6 16c3.4-5 9.4-5 12.8 0-3.4 5-9.4 5-12.8 0zm6.4-.1v.2" strokeWidth="2.2" />
const question = <path d="M12.8 13.2a3.2 3.2 0 1 1 4.6 2.9c-.9.5-1.4 1-1.4 2m0 3.4v.1" />
const turning = <path className={styles.turning} d="M16 10a6 6 0 1 1-6 6" />
const clock = <path d="M16 11v5l3.4 2.4" />

const glyphs: Record<Drawn, React.ReactNode> = {
  leader: crown,
  follower: dot,
  member: dot,
  serving: tray,
  candidate: hand,
  'pre-candidate': hand,
  seeking: glass,
  left: door,
  suspected: eye,
  down: cross,
  stopped: square,
  waiting: clock,
  starting: turning,
  stopping: turning,
  paused: bars,
  stale: clock,
  unknown: question,
}
