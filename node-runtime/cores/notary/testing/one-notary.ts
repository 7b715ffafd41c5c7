import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { nodeId } from '#kit/ids'
import { plainSha256, type Sha256 } from '#kit/sha256'
import type { StateMachine, StateRow, StateTx, StateView } from '#kit/state-machine'
import {
  decodeNotaryAnswer,
  decodeNotaryQueryAnswer,
  encodeNotaryCommand,
  encodeNotaryQuery,
  notaryMachine,
} from '../index.ts'
import type {
  NotaryAnswers,
  NotaryCommand,
  NotaryCommandAnswer,
  NotaryQuery,
  NotaryRecord,
  RegisterOutcome,
  Registration,
} from '../messages.ts'

/** A state in maps, and nothing but. */
export class MapState implements StateTx {
  readonly spaces = new Map<string, Map<string, Uint8Array>>()
  writes = 0

  get(space: string, key: string): Uint8Array | null {
    return this.spaces.get(space)?.get(key) ?? null
  }

  scan(space: string, range: Parameters<StateView['scan']>[1] = {}): readonly StateRow[] {
    const { from = '', limit = Number.POSITIVE_INFINITY } = range
    const rows = [...(this.spaces.get(space) ?? [])].filter(([key]) => key >= from)
    return rows
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .slice(0, limit)
      .map(([key, value]) => ({ key, value }))
  }

  put(space: string, key: string, value: Uint8Array): void {
    this.writes += 1
    const rows = this.spaces.get(space) ?? new Map<string, Uint8Array>()
    this.spaces.set(space, rows.set(key, value))
  }

  delete(space: string, key: string): void {
    this.writes += 1
    this.spaces.get(space)?.delete(key)
  }

  /** All of it in one order, to be compared. */
  text(): string {
    const spaces = [...this.spaces.keys()].sort()
    return spaces
      .flatMap((space) => this.scan(space).map(({ key, value }) => `${space} ${key} ${toHex(value)}`))
      .join('\n')
  }
}

export const proposer = { leader: nodeId('notary-1'), term: 2, errorMs: 3 } as const

/** A machine with its state, spoken to in values. */
export class OneNotary {
  readonly state = new MapState()
  machine: StateMachine
  atMs = 1_795_225_120_538
  #index = 0

  constructor(sha256: Sha256 = plainSha256) {
    this.machine = notaryMachine({ sha256 })
  }

  applyBytes(bytes: Uint8Array): NotaryCommandAnswer | null {
    this.#index += 1
    this.atMs += 10
    const entry = { index: this.#index, atMs: this.atMs, lamport: this.#index * 2, bytes }
    return decodeNotaryAnswer(this.machine.apply(entry, this.state))
  }

  apply(command: NotaryCommand): NotaryCommandAnswer | null {
    return this.applyBytes(encodeNotaryCommand(command))
  }

  register(
    registrations: readonly Registration[],
    duplicates: 'found' | 'recorded' = 'found',
  ): readonly RegisterOutcome[] {
    const answer = this.apply({ kind: 'register', by: proposer, duplicates, registrations })
    if (answer?.kind !== 'registered') throw new Error(`answered ${answer?.kind}`)
    return answer.outcomes
  }

  /** So many files, numbered from the present size on. */
  fill(count: number): void {
    const { size } = this.ask({ kind: 'status' })
    for (let done = 0; done < count; ) {
      const next = Math.min(1_000, count - done)
      this.register(Array.from({ length: next }, (_, at) => file(`document ${size + done + at}`)))
      done += next
    }
  }

  ask<Query extends NotaryQuery>(query: Query): NotaryAnswers[Query['kind']] {
    const kind: Query['kind'] = query.kind
    const answer = decodeNotaryQueryAnswer(kind, this.machine.query(encodeNotaryQuery(query), this.state))
    if (answer === null) throw new Error(`no answer to ${query.kind}`)
    return answer
  }

  record(index: number): NotaryRecord {
    const [record] = this.ask({ kind: 'records', from: index, limit: 1, order: 'up' }).records
    if (record === undefined) throw new Error(`no record ${index}`)
    return record
  }
}

export function file(title: string, id: string | null = null): Registration {
  return { id, document: { kind: 'file', sha256: plainSha256(encodeText(title)), bytes: 7 }, title, registrant: 'Ana' }
}

export function text(words: string, id: string | null = null): Registration {
  return { id, document: { kind: 'text', text: words }, title: '', registrant: 'Ana' }
}
