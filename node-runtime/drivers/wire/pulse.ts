import type { Stamp } from './frames.ts'

/** How much a new measurement counts: an eighth, as TCP does, so that one hiccup does not paint a link slow. */
const smoothing = 1 / 8

/** Measures the round trip with one peer from the stamps that travel on messages anyway. */
export class Pulse {
  readonly #life: number
  #toEcho: { readonly life: number; readonly sentMs: number; readonly heardMs: number } | null = null
  #roundTripMs: number | null = null
  #heardMs: number | null = null

  constructor(life: number) {
    this.#life = life
  }

  get latencyMs(): number | null {
    return this.#roundTripMs === null ? null : this.#roundTripMs / 2
  }

  get heardMs(): number | null {
    return this.#heardMs
  }

  /** An echo is given once: a second one would measure the same way there again. */
  stamp(nowMs: number): Stamp {
    const from = this.#toEcho
    this.#toEcho = null
    const echo = from === null ? null : { life: from.life, sentMs: from.sentMs, heldMs: nowMs - from.heardMs }
    return { life: this.#life, sentMs: nowMs, echo }
  }

  heard(stamp: Stamp, nowMs: number): void {
    this.#heardMs = nowMs
    this.#toEcho = { life: stamp.life, sentMs: stamp.sentMs, heardMs: nowMs }
    if (stamp.echo === null || stamp.echo.life !== this.#life) return
    // A peer may claim to have held a stamp for longer than it was away; no link is faster than at once.
    const roundTripMs = Math.max(0, nowMs - stamp.echo.sentMs - stamp.echo.heldMs)
    if (!Number.isFinite(roundTripMs)) return
    const before = this.#roundTripMs ?? roundTripMs
    this.#roundTripMs = before + (roundTripMs - before) * smoothing
  }
}
