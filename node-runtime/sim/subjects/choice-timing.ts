import type { ChoiceTiming } from '#cores/election/messages'
import { assert } from '#kit/assert'
import type { Random } from '#kit/random'

/** Waits near the latency make two coordinators common, waits far above it make them rare; both are wanted. */
export function drawChoiceTiming(random: Random): Readonly<Record<string, number>> {
  const heartbeatTicks = 1 + random.below(4)
  const answerTicks = 3 + random.below(random.pick([3, 20]))
  return {
    heartbeatTicks,
    silenceTicks: heartbeatTicks + 2 + random.below(random.pick([4, 20])),
    answerTicks,
    announceTicks: answerTicks + 2 + random.below(10),
    rotation: random.below(7),
  }
}

export function choiceTimingOf(settings: Readonly<Record<string, number>>): ChoiceTiming {
  const { heartbeatTicks, silenceTicks, answerTicks, announceTicks } = settings
  assert(
    heartbeatTicks !== undefined &&
      silenceTicks !== undefined &&
      answerTicks !== undefined &&
      announceTicks !== undefined,
    'a choice has its timing',
  )
  return { heartbeatTicks, silenceTicks, answerTicks, announceTicks }
}

/** In which a node that is wrong about anything would have found out and asked again. */
export function longestRound(settings: Readonly<Record<string, number>>): number {
  const { silenceTicks, answerTicks, announceTicks } = choiceTimingOf(settings)
  return silenceTicks + answerTicks + announceTicks
}

/** Begins at another node than the first: who is best must not be told by the name, nor be always there in calm. */
export function rotated<T>(items: readonly T[], settings: Readonly<Record<string, number>>): readonly T[] {
  const from = (settings.rotation ?? 0) % Math.max(1, items.length)
  return [...items.slice(from), ...items.slice(0, from)]
}
