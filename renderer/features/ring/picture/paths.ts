import type { FlightPath } from '../../../ui/flights/draw-flights.ts'
import { linkKey } from '../../../ui/flights/flight.ts'
import type { DrawnPeer, RingShape } from './shape.ts'

export const cellRadius = 34
/** So far from the middle of a cell an arrow begins and ends. */
const gap = 42
/** Beside the middle, so that the two directions of a ring of two do not lie on each other. */
const aside = 8

export function pathBetween(from: DrawnPeer, to: DrawnPeer): FlightPath {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const [right, down] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const shift = { x: -down * aside, y: right * aside }
  return {
    from: { x: from.x + right * gap + shift.x, y: from.y + down * gap + shift.y },
    to: { x: to.x - right * gap + shift.x, y: to.y - down * gap + shift.y },
  }
}

/** Ways on which messages may be seen: between all peers of one ring, because not all that is said goes round it. */
export function flightPaths({ peers }: RingShape): ReadonlyMap<string, FlightPath> {
  const paths = new Map<string, FlightPath>()
  for (const from of peers) {
    for (const to of peers) {
      if (from === to || from.isOurs !== to.isOurs || from.node === null || to.node === null) continue
      const key = linkKey(from.node, to.node)
      // Whoever stands in two drawings is seen where it speaks itself, which is drawn last.
      paths.set(key, pathBetween(from, to))
    }
  }
  return paths
}
