import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../scenario.ts'
import type { Eventually } from '../../subject.ts'
import { longestRound } from '../../subjects/choice-timing.ts'
import type { BetterOf, ChoiceWords } from '../../subjects/choice-words.ts'

export const agreeOnBestName = 'all agree on the best that is up'

export interface Electorate<W extends ChoiceWords> {
  readonly betterOf: BetterOf<W>
  voters(scenario: Scenario): readonly NodeId[]
}

export function agreeOnBest<W extends ChoiceWords>({ betterOf, voters }: Electorate<W>): Eventually<W> {
  return {
    name: agreeOnBestName,
    // Who is wrong finds out within a round; two of them show that nobody has anything to find out.
    steadyTicks: ({ settings }) => 2 * longestRound(settings),
    missing({ scenario, views }) {
      const electorate = voters(scenario)
      const up = views.filter(({ id }) => electorate.includes(id))
      const awaited = electorate.filter((id) => !scenario.absentInCalm.includes(id)).length
      if (up.length < awaited) return `only ${up.length} of ${awaited} are up`
      const [first] = up
      if (first === undefined) return null
      const other = up.find(({ coordinator }) => coordinator !== first.coordinator)
      if (other !== undefined)
        return `${first.id} takes ${first.coordinator}, and ${other.id} takes ${other.coordinator}`
      const best = up.find(({ id }) => id === first.coordinator)
      if (best === undefined) return `all take ${first.coordinator}, who is not up`
      const better = betterOf(best).find((id) => up.some((view) => view.id === id))
      return better === undefined ? null : `all take ${best.id}, and ${better} is better`
    },
  }
}
