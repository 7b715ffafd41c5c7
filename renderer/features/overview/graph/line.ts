import type { Placed, Point } from './layout.ts'

/** One direction of a link, from border to border, with the place of its label beside it. */
export interface Line {
  readonly from: Point
  readonly to: Point
  readonly middle: Point
  readonly label: Point & { readonly anchor: 'start' | 'middle' | 'end' }
  /** Direction of travel, in degrees, for the head of the arrow. */
  readonly degrees: number
}

/** The two directions of a link keep to their own sides, as cars do. */
const sideStep = 11
const labelStep = 9
const labelRise = 11
const borderGap = 5

export function lineBetween(from: Placed, to: Placed): Line | null {
  const start = centre(from)
  const end = centre(to)
  const length = Math.hypot(end.x - start.x, end.y - start.y)
  if (length < 1) return null
  const along = { x: (end.x - start.x) / length, y: (end.y - start.y) / length }
  const side = { x: along.y, y: -along.x }
  const shift = { x: side.x * sideStep, y: side.y * sideStep }
  const leave = borderDistance(from, along, shift) + borderGap
  const arrive = borderDistance(to, { x: -along.x, y: -along.y }, shift) + borderGap
  if (leave + arrive >= length) return null
  const at = (distance: number): Point => ({
    x: start.x + shift.x + along.x * distance,
    y: start.y + shift.y + along.y * distance,
  })
  const middle = at((leave + length - arrive) / 2)
  const anchor = Math.abs(side.x) < 0.35 ? 'middle' : side.x > 0 ? 'start' : 'end'
  // A label of two lines needs more room above or below a line than beside it.
  const step = labelStep + labelRise * Math.abs(side.y)
  const label = { x: middle.x + side.x * step, y: middle.y + side.y * step, anchor } as const
  const degrees = (Math.atan2(along.y, along.x) * 180) / Math.PI
  return { from: at(leave), to: at(length - arrive), middle, label, degrees }
}

function centre({ x, y, width, height }: Placed): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

/** How far one goes along `along`, from the shifted centre, before the card's border is crossed. */
function borderDistance({ width, height }: Placed, along: Point, shift: Point): number {
  const across =
    along.x === 0 ? Number.POSITIVE_INFINITY : (width / 2 - Math.sign(along.x) * shift.x) / Math.abs(along.x)
  const down =
    along.y === 0 ? Number.POSITIVE_INFINITY : (height / 2 - Math.sign(along.y) * shift.y) / Math.abs(along.y)
  return Math.min(across, down)
}
