import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import type { TalkLimits } from './limits.ts'
import { Circle, calm, Speaker } from './testing/circle.ts'

const tiny: Partial<TalkLimits> = {
  underWayMax: 4,
  waitingMax: 50,
  recordsPerMessageMax: 3,
  outOfRoundMax: 5,
  offersMax: 1,
}

/** Holes of dead lives are more than one message tells. TK26. */
const inParts = { ...tiny, marksMax: 8 }

/** People talk, messages are lost, doubled and mixed, peers die and come, rings part and meet; then it is quiet. */
function trouble(seed: string, limits: Partial<TalkLimits>): Circle {
  const random = new Random(seed)
  const circle = new Circle(seed, 2 + random.below(5), limits)
  circle.weather = {
    lossPercent: random.pick([0, 10, 40, 90]),
    doublePercent: random.pick([0, 20]),
    isMixed: random.chance(1, 2),
  }
  let born = circle.speakers.length
  for (let step = 0; step < 120; step += 1) {
    const { speakers } = circle
    const index = random.below(speakers.length)
    if (random.chance(1, 2))
      circle.say(index, ...Array.from({ length: 1 + random.below(8) }, (_, at) => `${step}.${at}`))
    if (random.chance(1, 4)) circle.take(circle.at(index), circle.at(index).tick())
    if (random.chance(1, 40) && speakers.length > 2) circle.kill(index)
    if (random.chance(1, 40)) {
      born += 1
      // Somebody who has been here before, with a part of what there is, or somebody new.
      const restored = circle.at(0).history.filter(() => random.chance(1, 2))
      speakers.splice(index, 0, new Speaker(born, { restored, limits }))
      circle.close(speakers)
    }
    if (random.chance(1, 30)) {
      const cut = random.below(speakers.length)
      circle.close(speakers.slice(0, cut))
      circle.close(speakers.slice(cut))
    }
    circle.deliver(random.below(12))
  }
  circle.weather = calm
  circle.close(circle.speakers)
  circle.quiet(limits === inParts ? 2_000 : 200)
  return circle
}

const places = (speaker: Speaker) => speaker.history.map(({ uuid, text }) => `${uuid} ${text}`)

/** The slowest of machines has other things to do. */
const timeout = 30_000

describe('after any trouble and then quiet', () => {
  it.each([
    ['whole', tiny],
    ['bounded', { ...tiny, recordsMax: 30 }],
    ['bounded by weight', { ...tiny, charsMax: 2_500 }],
    ['told in parts', inParts],
  ])('TK30 all have the same in the same order: histories %s', { timeout }, (name, limits) => {
    let seen = 0
    const seeds = limits === inParts ? 20 : 60
    for (let seed = 0; seed < seeds; seed += 1) {
      const circle = trouble(`${name} ${seed}`, limits)
      const [first, ...others] = circle.speakers.map(places)
      for (const other of others) expect(other, `seed ${name} ${seed}`).toEqual(first)
      expect(new Set(first).size).toBe(first?.length)
      expect(circle.anomalies).toEqual([])
      seen += first?.length ?? 0
    }
    expect(seen).toBeGreaterThan(5 * seeds)
  })

  it.each([
    ['whole', tiny],
    ['told in parts', inParts],
  ])('TK31 nothing is given any more when all have the same: %s', (_, limits) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const circle = trouble(`still ${seed}`, limits)
      const before = circle.arrived.records
      circle.quiet(60)
      expect(circle.arrived.records - before, `seed ${seed}`).toBe(0)
    }
  })

  it('TK32 what a living peer said is in every history', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const circle = trouble(`said ${seed}`, tiny)
      for (const { talk } of circle.speakers) expect(talk.counts).toMatchObject({ underWay: 0, waiting: 0 })
      const all = new Set(places(circle.at(0)))
      for (const speaker of circle.speakers) {
        const own = speaker.history.filter(({ origin }) => origin === speaker.config.life)
        expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1))
        for (const { uuid, text } of own) expect(all).toContain(`${uuid} ${text}`)
      }
    }
  })
})
