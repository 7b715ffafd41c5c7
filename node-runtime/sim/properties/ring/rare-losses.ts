import type { PeerId, RingView } from '#cores/ring/messages'
import type { Crash, Sometimes } from '../../subject.ts'
import type { RingWords } from '../../subjects/ring/words.ts'

/** Words of a join and of a leave that are no further apart than this are on their way at once. */
const crossingTicks = 3

export const joinerDied: Sometimes<RingWords> = {
  name: 'a peer died in mid-join',
  start:
    () =>
    ({ crashes }) =>
      crashes.some(({ view }) => view?.facts.state === 'joining'),
}

export const joinAndLeaveCrossed: Sometimes<RingWords> = {
  name: 'one joined while another left',
  start: () => {
    const lastTicks = { join: Number.NEGATIVE_INFINITY, leave: Number.NEGATIVE_INFINITY }
    return ({ tick, sent }) => {
      for (const { message: word } of sent) {
        const kind = word.kind === 'message' ? word.message.kind : null
        if (kind === 'join' || kind === 'leave') lastTicks[kind] = tick
      }
      return Math.abs(lastTicks.join - lastTicks.leave) <= crossingTicks
    }
  },
}

export const neighboursDied: Sometimes<RingWords> = pairDied('two neighbours died', () => true)
export const leaderAndNextDied: Sometimes<RingWords> = pairDied('a leader and its neighbour died', ({ leader }, pair) =>
  pair.includes(leader),
)

/** Two beside each other of a ring in which others live, the second before the ring was without the first. */
function pairDied(name: string, isIt: (view: RingView, pair: readonly PeerId[]) => boolean): Sometimes<RingWords> {
  return {
    name,
    start: () => {
      const dead = new Set<PeerId>()
      return ({ crashes, views }) => {
        for (const { facts } of views) dead.delete(facts.id)
        return crashes.some(({ view }: Crash<RingWords>) => {
          const ring = view?.facts.view ?? null
          if (view === null || ring === null) return false
          const { id } = view.facts
          const beside = besideIn(ring, id).find((other) => dead.has(other))
          dead.add(id)
          return ring.members.length >= 3 && beside !== undefined && isIt(ring, [id, beside])
        })
      }
    },
  }
}

function besideIn({ members }: RingView, id: PeerId): readonly PeerId[] {
  const place = members.findIndex((member) => member.id === id)
  const next = members[place + 1] ?? members[0]
  const before = members[place - 1] ?? members.at(-1)
  return [next, before].flatMap((member) => (member === undefined ? [] : [member.id]))
}
