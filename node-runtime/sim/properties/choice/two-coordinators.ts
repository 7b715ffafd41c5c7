import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../scenario.ts'
import type { Moment, Sometimes } from '../../subject.ts'
import type { SeatedWords } from '../../subjects/choice-words.ts'

/** What no vote of a majority forbids. Found on purpose: that is why a choice is a wish. */
export const twoCoordinators: Sometimes<SeatedWords> = {
  name: 'two coordinators at once',
  start: () => (moment) => coordinatorsOf(moment).length > 1,
}

/** Nothing is cut, lost, killed or asleep: some words merely come later than others wait for them. */
export const twoCoordinatorsByDelays: Sometimes<SeatedWords> = {
  name: 'two coordinators at once, by mere delays',
  start: () => (moment) => coordinatorsOf(moment).length > 1 && isMerelySlow(moment.scenario),
}

export const twoCoordinatorsByCut: Sometimes<SeatedWords> = {
  name: 'two coordinators at once, on two sides of a cut',
  start: () => (moment) => {
    const [one, other] = coordinatorsOf(moment)
    return one !== undefined && other !== undefined && isCut(moment, one, other)
  },
}

function coordinatorsOf({ views }: Moment<SeatedWords>): readonly NodeId[] {
  let found: NodeId[] | null = null
  for (const { id, phase } of views) if (phase === 'coordinating') found = found === null ? [id] : [...found, id]
  return found ?? nobody
}

const nobody: readonly NodeId[] = []

function isMerelySlow({ weather, faults }: Scenario): boolean {
  return weather.lossPercent === 0 && faults.every(({ fault }) => fault.kind === 'delay' || fault.kind === 'duplicate')
}

function isCut({ scenario, tick }: Moment<SeatedWords>, one: NodeId, other: NodeId): boolean {
  return scenario.faults.some(({ at, ticks, fault }) => {
    if (fault.kind !== 'cut' || at === null || tick < at || tick >= at + ticks) return false
    const isBetween = (from: NodeId, to: NodeId) => fault.from.includes(from) && fault.to.includes(to)
    return isBetween(one, other) || isBetween(other, one)
  })
}
