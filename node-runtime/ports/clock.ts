import type { Stop } from '#kit/stop-stack'

/** Time as a node has it. Cores never see it: they count ticks. */
export interface Clock {
  /** Milliseconds that only go forward, from an arbitrary zero. */
  now(): number
  /** Milliseconds since 1970 as this node believes them. A skew fault moves it; nothing else here does. */
  wall(): number
  /** Calls `work` about every `everyMs`, until stopped. Beats missed by a slow process are not made up for. */
  every(everyMs: number, work: () => void): Stop
  /** Calls `work` once, unless stopped before. */
  after(delayMs: number, work: () => void): Stop
}
