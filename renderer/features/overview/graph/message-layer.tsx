import { useEffect, useRef } from 'react'
import { useHands } from '../../../stores/context.tsx'
import type { Stores } from '../../../stores/stores.ts'
import { drawFlights, readInks } from './draw-flights.ts'
import { type Flight, flightMs, flightsOf } from './flight.ts'
import type { Size } from './layout.ts'
import type { Line } from './line.ts'
import styles from './message-layer.module.css'
import { useMessageMode } from './use-message-mode.ts'

interface MessageLayerProps {
  readonly lines: ReadonlyMap<string, Line>
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number }
  readonly room: Size
}

/** More than this cannot be in the air below the limit of dots a second; it bounds the list all the same. */
const flightsMax = 400

/** Messages as moving dots on one canvas: React draws nothing for them. */
export function MessageLayer({ lines, viewport, room }: MessageLayerProps) {
  const { stores } = useHands()
  const canvas = useRef<HTMLCanvasElement>(null)
  const isFlying = useMessageMode() === 'dots'
  const { x, y, zoom } = viewport
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !isFlying) return
    const scale = window.devicePixelRatio
    context.canvas.width = room.width * scale
    context.canvas.height = room.height * scale
    const place = (): void => context.setTransform(zoom * scale, 0, 0, zoom * scale, x * scale, y * scale)
    return fly(stores, (flights, nowMs) => {
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, context.canvas.width, context.canvas.height)
      place()
      drawFlights({ context, flights, lines, inks: readInks(context.canvas) }, nowMs)
    })
  }, [stores, lines, room, isFlying, x, y, zoom])
  return isFlying ? (
    <div className={styles.layer} aria-hidden="true">
      <canvas ref={canvas} className={styles.layer} data-testid="messages" />
    </div>
  ) : null
}

/** Draws while something flies and rests otherwise. */
function fly(stores: Stores, draw: (flights: readonly Flight[], nowMs: number) => void): () => void {
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
    flights = [...flights, ...flightsOf(fresh, performance.now())].slice(-flightsMax)
    if (frame === 0 && flights.length > 0) frame = requestAnimationFrame(step)
  })
  return () => {
    stop()
    cancelAnimationFrame(frame)
  }
}
