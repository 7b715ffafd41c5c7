import { barParts, type LogScale, type LogSight } from '../../../stores/derived/log-sight.ts'
import styles from './log-bar.module.css'

const height = 18
const middle = 8
/** A log of a few entries among millions is drawn too wide rather than not at all. */
const widthMin = 3

interface LogBarProps {
  readonly sight: LogSight
  readonly scale: LogScale
  readonly isLearner: boolean
  readonly width: number
}

/**
 * A node's log on the scale of its whole group: a thin line for what is in the state only, a box from there to the last
 * entry, filled as far as it is committed, with a flag at committed and a wedge below at applied. Only a drawing: the
 * words stand beside it and in the table.
 */
export function LogBar({ sight, scale, isLearner, width }: LogBarProps) {
  const { begin, committed, applied, last } = barParts(sight.log, scale)
  const [from, to] = [begin * width, Math.max(last * width, begin * width + widthMin)]
  const [flag, wedge] = [committed * width, applied * width]
  return (
    <svg
      className={styles.bar}
      data-old={sight.isOld}
      data-learner={isLearner}
      viewBox={`-4 0 ${width + 8} ${height}`}
      width={width + 8}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.ground} d={`M0 ${middle}H${width}`} />
      <path className={styles.state} d={`M0 ${middle}H${from}`} />
      <rect className={styles.rest} x={from} y={middle - 4} width={to - from} height={8} rx={2} />
      <rect className={styles.committed} x={from} y={middle - 4} width={Math.max(0, flag - from)} height={8} rx={2} />
      <path className={styles.flag} d={`M${flag} ${middle + 5}V${middle - 8}`} />
      <path className={styles.wedge} d={`M${wedge} ${middle + 5}l3.5 5h-7z`} />
    </svg>
  )
}
