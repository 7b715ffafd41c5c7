import type { Eventually } from '../../subject.ts'
import { longestRound } from '../../subjects/ring/settings.ts'
import { peerOf, type RingWords } from '../../subjects/ring/words.ts'

/** All that are up, and nobody else, know one ring that is closed, and its leader knows that it leads. */
export const oneRing: Eventually<RingWords> = {
  name: 'one ring, closed, with one leader',
  // Whoever is wrong finds out within a round.
  steadyTicks: ({ settings }) => longestRound(settings),
  missing({ scenario, views }) {
    const awaited = scenario.nodes.filter((node) => !scenario.absentInCalm.includes(node))
    if (views.length < awaited.length) return `only ${views.length} of ${awaited.length} are up.`
    const ring = views[0]?.facts.view
    if (ring === undefined) return null
    if (ring === null) return `${views[0]?.node} has no ring.`
    const ids = ring.members.map(({ id }) => id)
    for (const { node, facts } of views) {
      const { view, next, life, state } = facts
      if (view === null) return `${node} has no ring.`
      if (JSON.stringify(view) !== JSON.stringify(ring)) return `${views[0]?.node} and ${node} know different rings.`
      const place = ids.indexOf(facts.id)
      if (ring.members[place]?.life !== life) return `${node} is not in its own ring with its present life.`
      const behind = ids.length === 1 ? null : ids[(place + 1) % ids.length]
      if (next !== behind) return `${node} gives to ${next ?? 'nobody'}, and ${behind ?? 'nobody'} is behind it.`
      if (state !== (view.leader === facts.id ? 'leader' : 'member')) return `${node} is ${state}.`
    }
    const stranger = ids.find((id) => !awaited.some((node) => peerOf(node) === id))
    if (stranger !== undefined) return `${stranger} is in the ring, and is not up.`
    return null
  },
}
