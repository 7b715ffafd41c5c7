import { type Flight, flightMs } from './flight.ts'

type Inks = Readonly<Record<Flight['kind'] | 'dropped', string>>

interface Point {
  readonly x: number
  readonly y: number
}

/** From border to border of two nodes. */
export interface FlightPath {
  readonly from: Point
  readonly to: Point
}

interface Drawing {
  readonly context: CanvasRenderingContext2D
  readonly flights: readonly Flight[]
  readonly paths: ReadonlyMap<string, FlightPath>
  readonly inks: Inks
}

/** A kind has a colour and a shape: dot, square, ring, diamond, wedge. What was dropped ends half-way in a cross. */
export function drawFlights({ context, flights, paths, inks }: Drawing, nowMs: number): void {
  for (const { link, kind, startMs, isDropped } of flights) {
    const path = paths.get(link)
    const part = (nowMs - startMs) / flightMs
    if (!path || part < 0) continue
    const isOver = isDropped && part > 0.5
    const at = between(path, isOver ? 0.5 : part)
    context.globalAlpha = isOver ? 2 - 2 * part : 1
    context.fillStyle = inks[kind]
    context.strokeStyle = isOver ? inks.dropped : inks[kind]
    context.lineWidth = 2
    context.beginPath()
    if (isOver) cross(context, at)
    else shapes[kind](context, at)
  }
  context.globalAlpha = 1
}

export function readInks(element: Element): Inks {
  const style = getComputedStyle(element)
  const ink = (name: string): string => style.getPropertyValue(name)
  return {
    heartbeat: ink('--message-heartbeat'),
    entries: ink('--message-entries'),
    answer: ink('--message-answer'),
    vote: ink('--message-vote'),
    other: ink('--message-other'),
    dropped: ink('--tone-bad'),
  }
}

const shapes: Readonly<Record<Flight['kind'], (context: CanvasRenderingContext2D, at: Point) => void>> = {
  heartbeat: (context, { x, y }) => {
    context.arc(x, y, 3.6, 0, 2 * Math.PI)
    context.fill()
  },
  answer: (context, { x, y }) => {
    context.arc(x, y, 3, 0, 2 * Math.PI)
    context.stroke()
  },
  vote: (context, { x, y }) => {
    context.moveTo(x, y - 6)
    context.lineTo(x + 6, y)
    context.lineTo(x, y + 6)
    context.lineTo(x - 6, y)
    context.fill()
  },
  entries: (context, { x, y }) => {
    context.rect(x - 3.5, y - 3.5, 7, 7)
    context.fill()
  },
  other: (context, { x, y }) => {
    context.moveTo(x, y - 4)
    context.lineTo(x + 4, y + 3)
    context.lineTo(x - 4, y + 3)
    context.fill()
  },
}

function cross(context: CanvasRenderingContext2D, { x, y }: Point): void {
  context.moveTo(x - 5, y - 5)
  context.lineTo(x + 5, y + 5)
  context.moveTo(x + 5, y - 5)
  context.lineTo(x - 5, y + 5)
  context.stroke()
}

function between({ from, to }: FlightPath, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
