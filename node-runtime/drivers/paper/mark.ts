import type { PDFPage } from 'pdf-lib'
import { colours, sheet } from './pen.ts'

export interface MarkPlace {
  readonly left: number
  readonly top: number
  readonly size: number
}

/** The cells of the comb that stand in the window's corner too: three peers, one of which leads. */
export function drawMark(page: PDFPage, { left, top, size }: MarkPlace): void {
  const scale = size / 64
  const place = { x: left, y: sheet.height - top, scale }
  page.drawSvgPath(hexagon(32, 19, 16.5), { ...place, color: colours.accent })
  for (const x of [16.6, 47.4]) {
    page.drawSvgPath(hexagon(x, 45.5, 14.5), { ...place, borderColor: colours.accent, borderWidth: 4 * scale })
  }
}

function hexagon(x: number, y: number, radius: number): string {
  const wide = (radius * Math.sqrt(3)) / 2
  const half = radius / 2
  return `M${x} ${y - radius} l${wide} ${half} v${radius} l${-wide} ${half} l${-wide} ${-half} v${-radius} Z`
}
