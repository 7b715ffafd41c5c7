import type { Act, Operation } from '#cores/chat/everyone/messages'
import { Random } from '#kit/random'

/** For as long as this, everybody who asks for the shared one asks for the same. */
const sharedTicks = 40
const foreignTicks = 10
const names = ['ana', 'bia', 'caio'] as const
const places = ['general', 'dev', 'cursos'] as const

export interface Request {
  readonly id: string
  readonly act: Act
}

/** A request that is made here only. Whoever is spoken to may be unknown. */
export function saying(random: Random, label: string, number: number): Request {
  const text = `word ${number} of ${label}`
  const from = random.pick(names)
  const isDirect = random.chance(1, 4)
  const to = isDirect ? random.pick(names) : random.pick(places)
  const act: Act = { kind: isDirect ? 'message' : 'publish', from, to, text, through: 'native' }
  return { id: idOf(random), act }
}

export function registering(random: Random): Request {
  const act: Act = random.chance(1, 3)
    ? { kind: 'channel', channel: random.pick(['cursos', 'provas']) }
    : { kind: 'login', user: random.pick(names) }
  return { id: idOf(random), act }
}

/** The same for all who ask for it at about this time: a request that several servers were given. */
export function shared(seed: string, tick: number): Request {
  const number = Math.floor(tick / sharedTicks)
  const random = new Random(`${seed} shared ${number}`)
  const text = `shared ${number}`
  return {
    id: idOf(random),
    act: { kind: 'publish', from: random.pick(names), to: 'general', text, through: 'course' },
  }
}

/** What a foreign server says at about this time. Its clock is its own, and far from ours. */
export function foreignAt(tick: number): Operation {
  return foreign(Math.floor(tick / foreignTicks))
}

export function foreign(number: number): Operation {
  const random = new Random(`foreign ${number}`)
  const id = `${idOf(random)}${number.toString(16).padStart(32, '0')}`
  const text = `foreign ${number}`
  const said = { kind: 'publish', from: 'zeca', to: random.pick(places), text, through: 'course' } as const
  return { ...said, id, atMs: number, clock: random.below(300), origin: 'theirs' }
}

/** null: it is of ours. */
export function foreignNumberOf(id: string): number | null {
  return id.length === 64 ? Number.parseInt(id.slice(32), 16) : null
}

function idOf(random: Random): string {
  return Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
}
