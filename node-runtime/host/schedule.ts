import type { Stop } from '#kit/stop-stack'

/** Calls `work` once after the delay, unless stopped before. Handed in, so that tests move time themselves. */
export type After = (delayMs: number, work: () => void) => Stop

export const afterRealTime: After = (delayMs, work) => {
  const timer = setTimeout(work, delayMs)
  // What waits to be published is no reason to keep a process alive that is done.
  timer.unref()
  return () => clearTimeout(timer)
}
