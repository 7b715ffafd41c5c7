import { hexagon } from '../../../ui/hexagon.ts'
import styles from './comb.module.css'

const radius = 26
const wide = radius * Math.sqrt(3)

/** A faint comb behind the picture. Decoration only. */
export function Comb() {
  return (
    <svg className={styles.comb} aria-hidden="true" focusable="false">
      <pattern id="comb" width={wide} height={radius * 3} patternUnits="userSpaceOnUse">
        <path d={hexagon({ x: wide / 2, y: radius, radius })} />
        <path d={hexagon({ x: 0, y: radius * 2.5, radius })} />
        <path d={hexagon({ x: wide, y: radius * 2.5, radius })} />
        <path d={hexagon({ x: 0, y: -radius * 0.5, radius })} />
        <path d={hexagon({ x: wide, y: -radius * 0.5, radius })} />
      </pattern>
      <rect width="100%" height="100%" fill="url(#comb)" />
    </svg>
  )
}
