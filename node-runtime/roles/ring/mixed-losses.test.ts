import { describe, expect, it } from 'vitest'
import { timing } from '#cores/ring/testing/room'
import { Random } from '#kit/random'
import { MixedRoom } from './testing/mixed-room.ts'

const rings = 60
/** One test for so many of them: one broken ring among sixty is still found by its seed. */
const ringsPerTest = 10
/** Twice: four times as long as a reference peer waits for its leader. */
const ticksToMend = 4 * timing.textSilenceTicks
/** Many rings take a loaded machine a while. */
const timeoutMs = 120_000

interface Grown {
  readonly mixed: MixedRoom
  readonly random: Random
  readonly references: string[]
}

/** Own peers and reference peers come one after the other, in an order and with addresses that the seed draws. */
function grow(seed: string): Grown {
  const random = new Random(seed)
  const mixed = new MixedRoom()
  const references: string[] = []
  mixed.room.start('p1', true)
  mixed.passUntil(() => mixed.room.isOneRing)
  for (let left = 3 + random.below(5), own = 1; left > 0; left -= 1) {
    if (random.chance(1, 2)) {
      own += 1
      mixed.room.start(`p${own}`, true)
    } else {
      const name = `r${10 + references.length + (random.chance(1, 2) ? 0 : 50)}`
      mixed.startReference(name)
      references.push(name)
    }
    mixed.pass(60)
  }
  mixed.pass(200)
  return { mixed, random, references }
}

function lose({ mixed, random, references }: Grown): string {
  const { names } = mixed.room
  if (references.length > 0 && (names.length === 1 || random.chance(1, 2))) {
    const [gone] = references.splice(random.below(references.length), 1)
    mixed.killReference(gone!)
    return gone!
  }
  const gone = names.length > 1 ? random.pick(names) : null
  if (gone !== null) mixed.room.kill(gone)
  return gone ?? 'nobody'
}

/** Who lacks what, once each has said something. */
function lacking({ mixed, references }: Grown): readonly string[] {
  const everybody = [...mixed.room.names, ...references]
  for (const name of everybody) {
    if (references.includes(name)) mixed.reference(name).chat(`by ${name}`)
    else mixed.room.say(name, `by ${name}`)
    mixed.pass(15)
  }
  mixed.pass(60)
  return everybody.flatMap((name) => {
    const isReference = references.includes(name)
    const heard = isReference
      ? mixed.reference(name).chats.map(({ content }) => (content.kind === 'chat' ? content.text : ''))
      : mixed.room.texts(name)
    const times = (by: string): number => heard.filter((text) => text === `by ${by}`).length
    const wrong = everybody.filter((by) => times(by) !== (isReference && by === name ? 0 : 1))
    return wrong.length === 0 ? [] : [`${name} has not, or not once: ${wrong.join(' ')}`]
  })
}

const groups = Array.from({ length: rings / ringsPerTest }, (_, group) => group)
const seedsOf = (group: number): readonly string[] =>
  Array.from({ length: ringsPerTest }, (_, place) => `mix${group * ringsPerTest + place}`)

describe('rings of own peers and reference peers, grown in any order', () => {
  it.each(groups)(
    'everybody hears everybody, each once (group %i)',
    (group) => {
      for (const seed of seedsOf(group)) expect({ seed, lacking: lacking(grow(seed)) }).toEqual({ seed, lacking: [] })
    },
    timeoutMs,
  )

  it.each(groups)(
    'TX5 TX7 nobody stays deaf after one or two were killed (group %i)',
    (group) => {
      for (const seed of seedsOf(group)) {
        const grown = grow(seed)
        const gone = Array.from({ length: 1 + grown.random.below(2) }, () => lose(grown))
        const [first] = grown.mixed.room.names
        // A reference peer notices a dead next only when it has something to hand on.
        grown.mixed.room.say(first!, 'wake')
        grown.mixed.pass(ticksToMend)
        grown.mixed.room.say(first!, 'wake again')
        grown.mixed.pass(ticksToMend)
        expect({ seed, gone, lacking: lacking(grown) }).toEqual({ seed, gone, lacking: [] })
      }
    },
    timeoutMs,
  )
})
