import type { Clock } from '#ports/clock'

export interface SystemClock extends Clock {
  /** What a skew fault adds to the wall time. Nothing that measures a duration sees it. */
  setSkew(ms: number): void
}

export function openClock(): SystemClock {
  let skewMs = 0
  return {
    now: () => performance.now(),
    wall: () => Date.now() + skewMs,
    every: (everyMs, work) => {
      const timer = setInterval(work, everyMs)
      return () => clearInterval(timer)
    },
    after: (delayMs, work) => {
      const timer = setTimeout(work, delayMs)
      return () => clearTimeout(timer)
    },
    setSkew: (ms) => {
      skewMs = ms
    },
  }
}
