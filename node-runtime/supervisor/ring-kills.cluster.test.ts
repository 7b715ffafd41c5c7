import { afterEach, expect, it } from 'vitest'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

/** `COLMEIA_KILLS=100` for the long one. */
const kills = Number(process.env.COLMEIA_KILLS ?? 5)
const peers = 5
/** Each speaks again when it was answered and has rested: what is under way at a kill is at most one of each. */
const speakersEach = 8
const restMs = 50
/** Of a long history the newest are compared after each kill, more than are said meanwhile; all of it in the end. */
const comparedEach = 4_000
/** A whole history is read by pages of many questions, so it takes its time after so many kills. */
const limitMs = 60_000 + 15_000 * kills

let ring: RingLab
afterEach(() => ring.close())

interface Said {
  readonly by: NodeId
  readonly uuid: string
}

/** Everybody talks, all the time; the dead are asked in vain. */
class Traffic {
  readonly said: Said[] = []
  #isStopping = false
  readonly #speakers: Promise<void>[]
  #waiting: { readonly count: number; readonly done: () => void } | null = null

  constructor() {
    this.#speakers = ring.ids.flatMap((id) =>
      Array.from({ length: speakersEach }, (_, index) => this.#speak(id, index)),
    )
  }

  /** So many more have been said. */
  more(count: number): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { count: this.said.length + count, done }
    })
  }

  async end(): Promise<readonly Said[]> {
    this.#isStopping = true
    await Promise.all(this.#speakers)
    return this.said
  }

  async #speak(by: NodeId, speaker: number): Promise<void> {
    for (let number = 1; !this.#isStopping; number += 1) {
      if (ring.facts(by) === null) {
        await ring.lab.until(() => this.#isStopping || ring.facts(by) !== null)
        continue
      }
      const uuid = await ring.say(by, `${by}.${speaker} ${number}`)
      if (uuid === null) {
        // Refusals come at once: without a turn of the loop nobody here would ever hear that the peer is dead.
        await new Promise(setImmediate)
        continue
      }
      this.said.push({ by, uuid })
      if (this.#waiting !== null && this.said.length >= this.#waiting.count) this.#waiting.done()
      await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  }
}

/** One loss in the middle of talk, and the return. Gives back what the living have said meanwhile. */
async function kill(victim: NodeId): Promise<readonly string[]> {
  const living = ring.ids.filter((id) => id !== victim)
  const traffic = new Traffic()
  await traffic.more(50)
  expect(ring.lab.supervisor.inject({ kind: 'kill', node: victim }, null)).toMatchObject({ ok: true })
  await traffic.more(50)
  const next = await ring.ledBy(living)
  expect(next.id).not.toBe(victim)
  const said = await traffic.end()
  expect(said.length).toBeLessThan(comparedEach)
  const history = await ring.equal(living, comparedEach)
  expect(new Set(history).size).toBe(history.length)
  const kept = new Set(history)
  // What the dead one said last may have died with it; what the living have said is nobody's to lose.
  const ofLiving = said.filter(({ by }) => by !== victim).map(({ uuid }) => uuid)
  expect(ofLiving.filter((uuid) => !kept.has(uuid))).toEqual([])

  expect(ring.lab.supervisor.clearAll()).toMatchObject({ ok: true })
  await ring.ledBy(ring.ids)
  await ring.equal(ring.ids, comparedEach)
  return ofLiving
}

it(
  `the living have one history after each of ${kills} kills -9 in the middle of talk`,
  async () => {
    ring = await openRingLab(peers)
    const random = new Random('ring kills')
    const said: string[] = []
    let leadersKilled = 0
    for (let count = 1; count <= kills; count += 1) {
      const leader = await ring.ledBy(ring.ids)
      // The first is the leader: with few kills luck might never choose it.
      const victim = count === 1 ? leader.id : random.pick(ring.ids)
      if (victim === leader.id) leadersKilled += 1
      said.push(...(await kill(victim)))
    }
    expect(leadersKilled).toBeGreaterThan(0)
    const history = await ring.equal(ring.ids)
    expect(new Set(history).size).toBe(history.length)
    const kept = new Set(history)
    expect(said.filter((uuid) => !kept.has(uuid))).toEqual([])
  },
  limitMs,
)
