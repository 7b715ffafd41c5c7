import type { RingSettingsChange } from '#contract/window/ring'
import { ringReaches } from '#contract/worker/ring'
import type { Words } from '../../command.ts'

/** The network that was named stands for the wish to use it. `auto`: the one that leads out. */
export function networkOf({ reach, interface: named }: Words['named']): RingSettingsChange {
  const place = ringReaches.find((one) => one === reach) ?? (named === undefined ? undefined : 'lan')
  if (typeof named !== 'string') return { reach: place }
  return { reach: place, interface: named === 'auto' ? null : named }
}

/** Comma between names; around them space that nobody meant. */
export function namesIn(value: unknown): readonly string[] {
  return String(value)
    .split(',')
    .map((name) => name.trim())
}
