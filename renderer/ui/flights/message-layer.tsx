import { useEffect, useRef } from 'react'
import type { RecordedEvent } from '#contract/window/recording'
import { useHands } from '../../stores/context.tsx'
import type { Stores } from '../../stores/stores.ts'
import { drawFlights, type FlightPath, readInks } from './draw-flights.ts'
import { type Flight, flightMs, flightsOf } from './flight.ts'
import styles from './message-layer.module.css'

interface MessageLayerProps {
  /** By `linkKey`. */
  readonly paths: ReadonlyMap<string, FlightPath>
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number }
  readonly room: { readonly width: number; readonly height: number }
  readonly isFlying: boolean
  /** Which messages are drawn; without it, all. */
  readonly shows?: (event: RecordedEvent) => boolean
}

/** More than this cannot be in the air below the limit of dots a second; it bounds the list all the same. */
const flightsMax = 400

/** Messages as moving dots on one canvas: React draws nothing for them. */
export function MessageLayer({ paths, viewport, room, isFlying, shows }: MessageLayerProps) {
  const { stores } = useHands()
  const canvas = useRef<HTMLCanvasElement>(null)
  // What flies outlives a new drawing of what it flies over: the place is looked up at each frame.
  const latest = useRef({ paths, viewport, room, shows })
  useEffect(() => {
    latest.current = { paths, viewport, room, shows }
  })
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !isFlying) return
    const shown = (event: RecordedEvent): boolean => latest.current.shows?.(event) ?? true
    return fly({ stores, shown }, (flights, nowMs) => {
      place(context, latest.current)
      const inks = readInks(context.canvas)
      drawFlights({ context, flights, paths: latest.current.paths, inks }, nowMs)
    })
  }, [stores, isFlying])
  return isFlying ? (
    <div className={styles.layer} aria-hidden="true">
      <canvas ref={canvas} className={styles.layer} data-testid="messages" />
    </div>
  ) : null
}

/** Clears the canvas, as large as its room, and puts its origin where the picture's is. */
function place(
  context: CanvasRenderingContext2D,
  { viewport: { x, y, zoom }, room }: Pick<MessageLayerProps, 'viewport' | 'room'>,
): void {
  const scale = window.devicePixelRatio
  const { canvas } = context
  const [width, height] = [Math.round(room.width * scale), Math.round(room.height * scale)]
  // Another size, even the same again, throws away the memory behind it.
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(zoom * scale, 0, 0, zoom * scale, x * scale, y * scale)
}

/** Draws while something flies and rests otherwise. */
function fly(
  { stores, shown }: { readonly stores: Stores; readonly shown: (event: RecordedEvent) => boolean },
  draw: (flights: readonly Flight[], nowMs: number) => void,
): () => void {
  let flights: readonly Flight[] = []
  let lastPosition = stores.recording.getState().all.at(-1)?.position ?? 0
  let frame = 0
  const step = (): void => {
    const nowMs = performance.now()
    flights = flights.filter(({ startMs }) => nowMs - startMs < flightMs)
    draw(flights, nowMs)
    frame = flights.length > 0 ? requestAnimationFrame(step) : 0
  }
  const stop = stores.recording.subscribe(({ all }) => {
    const fresh = all.slice(all.findLastIndex(({ position }) => position <= lastPosition) + 1)
    lastPosition = all.at(-1)?.position ?? lastPosition
    flights = [...flights, ...flightsOf(fresh.filter(shown), performance.now())].slice(-flightsMax)
    if (frame === 0 && flights.length > 0) frame = requestAnimationFrame(step)
  })
  return () => {
    stop()
    cancelAnimationFrame(frame)
  }
}
