import { Random } from '#kit/random'
import type { Operation } from '../history.ts'
import type { Server } from './servers.ts'

export interface World<State, Op, Answer> {
  readonly seed: string
  readonly operations: number
  readonly keys: number
  readonly processes: number
  /** Of so many nobody is told how they ended: one half never happens, one quarter happens much later. */
  readonly unknown: number
  /** Of a thousand operations so many take fifty times as long as others do. */
  readonly slowPerMille: number
  readonly server: Server<State, Op, Answer>
}

interface Visit {
  readonly process: string
  readonly key: string
  readonly invokedAt: number
  servedAt: number
  readonly at: number
  isKnown: boolean
  isServed: boolean
}

const ticks = { way: 1_000, slower: 50, rest: 50, late: 100_000 } as const

/** A history of clients that ask one thing after another: true by how it is made, if the server is right. */
export function drawHistory<State, Op, Answer>(world: World<State, Op, Answer>): Operation<Op, Answer>[] {
  const random = new Random(world.seed)
  const visits = drawVisits(world, random.fork('visits'))
  loseAnswers(visits, world.unknown, random.fork('lost'))
  const stateOf = new Map<string, State>()
  const seenBy = new Map<string, Answer>()
  const asking = random.fork('asking')
  return visits
    .sort((one, other) => one.servedAt - other.servedAt)
    .map(({ process, key, invokedAt, at, isKnown, isServed }): Operation<Op, Answer> => {
      const client = `${process} ${key}`
      const op = world.server.ask(asking, seenBy.get(client))
      const { state, answer } = world.server.serve(stateOf.get(key) ?? world.server.initial, op)
      if (isServed) stateOf.set(key, state)
      if (isKnown && answer !== null && typeof answer !== 'boolean') seenBy.set(client, answer)
      return { process, key, op, invokedAt, ending: isKnown ? { kind: 'ok', at, answer } : { kind: 'unknown' } }
    })
}

function drawVisits(world: World<unknown, unknown, unknown>, random: Random): Visit[] {
  const freeAt = new Map<number, number>()
  return Array.from({ length: world.operations }, (_, index): Visit => {
    const process = index % world.processes
    const invokedAt = freeAt.get(process) ?? random.below(ticks.way)
    const way = random.chance(world.slowPerMille, 1_000) ? ticks.way * ticks.slower : ticks.way
    const servedAt = invokedAt + 1 + random.below(way)
    const at = servedAt + 1 + random.below(way)
    freeAt.set(process, at + 1 + random.below(ticks.rest))
    const key = `k${random.below(world.keys)}`
    return { process: `c${process}`, key, invokedAt, servedAt, at, isKnown: true, isServed: true }
  })
}

function loseAnswers(visits: readonly Visit[], count: number, random: Random): void {
  for (let lost = 0; lost < count; lost += 1) {
    const visit = random.pick(visits)
    visit.isKnown = false
    const lot = random.below(4)
    visit.isServed = lot < 2
    if (lot === 1) visit.servedAt += random.below(ticks.late)
  }
}
