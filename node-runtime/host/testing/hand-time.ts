import type { After } from '../schedule.ts'

/** Time that moves only when the test says so. */
export function handTime(): { readonly after: After; pass(ms: number): void } {
  let now = 0
  let waiting: { readonly at: number; readonly work: () => void }[] = []
  return {
    after(delayMs, work) {
      const entry = { at: now + delayMs, work }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    pass(ms) {
      const until = now + ms
      for (;;) {
        const next = waiting.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        waiting = waiting.filter((entry) => entry !== next)
        now = next.at
        next.work()
      }
      now = until
    },
  }
}
