import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { StateTx, StateView } from '#kit/state-machine'
import { idBytes, readId, writeId } from './codec-parts.ts'
import { DeedTable, hashOfDeed } from './deed-table.ts'
import type { DeedId } from './messages.ts'
import { type Head, rowKey, spaces } from './rows.ts'

/** What is kept of a deed that was done: who did it, its event, and the lock's fence that it got. Zero is none. */
export interface DeedRow {
  readonly id: DeedId
  /** Feed of the user. */
  readonly actor: number
  readonly feed: number
  readonly number: number
  readonly fence: number
}

export const deedsPerRow = 512
const deedBytes = idBytes + 3 * 4 + 8

type Deeds = Pick<Head, 'deeds' | 'deedSum' | 'seed'>

/**
 * Where each deed stands, in memory. It says nothing that the rows do not say: it is made from them, kept as long as each
 * state follows the one before, and made anew otherwise (after a start, after a snapshot).
 */
export class DeedMemo {
  #table: DeedTable | null = null
  #of: Deeds | null = null

  at(state: StateView, head: Deeds): DeedTable {
    if (this.#table === null || this.#of === null || !isSame(this.#of, head)) {
      this.#table = tableOf(state, head)
      this.#of = head
    }
    return this.#table
  }

  /** In the middle of a change: whoever comes next begins anew, unless `advance` is called. */
  unsettle(): void {
    this.#of = null
  }

  /** The table has taken in all that leads to this head. */
  advance(head: Deeds): void {
    assert(this.#table?.count === head.deeds, 'what is remembered is what was written')
    this.#of = head
  }
}

/** Deeds done so far, with those that one command adds. */
export class DeedLog {
  readonly #state: StateTx
  readonly #table: DeedTable
  readonly #seed: number
  readonly #first: number
  readonly #fresh: DeedRow[] = []
  #sum: number

  constructor(state: StateTx, head: Deeds, table: DeedTable) {
    this.#state = state
    this.#table = table
    this.#seed = head.seed
    this.#first = head.deeds
    this.#sum = head.deedSum
  }

  get count(): number {
    return this.#first + this.#fresh.length
  }

  get sum(): number {
    return this.#sum
  }

  /** null: nothing was ever done under this id. */
  find(id: DeedId): DeedRow | null {
    return findIn(this.#table, { id, seed: this.#seed }, (place) =>
      place < this.#first ? readDeedRow(this.#state, place) : (this.#fresh[place - this.#first] ?? null),
    )
  }

  add(row: DeedRow): void {
    const hash = hashOfDeed(row.id, this.#seed)
    this.#table.add(hash, this.count)
    this.#sum = (Math.imul(this.#sum, 31) + hashOfDeed(row.id, 0)) >>> 0
    this.#fresh.push(row)
  }

  write(): void {
    for (let done = 0; done < this.#fresh.length; ) {
      const place = this.#first + done
      const page = Math.floor(place / deedsPerRow)
      const rows = this.#fresh.slice(done, done + deedsPerRow - (place % deedsPerRow))
      const before = place % deedsPerRow === 0 ? null : this.#state.get(spaces.deeds, rowKey(page))
      const writer = new ByteWriter((before?.length ?? 0) + rows.length * deedBytes)
      if (before !== null) writer.rest(before)
      for (const row of rows) writeDeedRow(writer, row)
      this.#state.put(spaces.deeds, rowKey(page), writer.done())
      done += rows.length
    }
  }
}

/** For whoever only asks. null: nothing was done under this id. */
export function findDeed(state: StateView, table: DeedTable, wanted: Wanted): DeedRow | null {
  return findIn(table, wanted, (place) => readDeedRow(state, place))
}

interface Wanted {
  readonly id: DeedId
  readonly seed: number
}

function findIn(table: DeedTable, { id, seed }: Wanted, rowAt: (place: number) => DeedRow | null): DeedRow | null {
  let found: DeedRow | null = null
  table.find(hashOfDeed(id, seed), (place) => {
    const row = rowAt(place)
    if (row?.id === id) found = row
    return found !== null
  })
  return found
}

function tableOf(state: StateView, { deeds, seed }: Deeds): DeedTable {
  const table = new DeedTable()
  for (let page = 0; table.count < deeds; page += 1) {
    const bytes = state.get(spaces.deeds, rowKey(page))
    // Without them what was done already would be done again, on this server alone.
    assert(bytes !== null && bytes.length >= deedBytes, 'ids of deeds are there')
    for (let at = 0; at < bytes.length; at += deedBytes) {
      const id = readId(new ByteReader(bytes.subarray(at, at + idBytes)))
      table.add(hashOfDeed(id, seed), table.count)
    }
  }
  return table
}

function readDeedRow(state: StateView, place: number): DeedRow | null {
  const bytes = state.get(spaces.deeds, rowKey(Math.floor(place / deedsPerRow)))
  const at = (place % deedsPerRow) * deedBytes
  if (bytes === null || at + deedBytes > bytes.length) return null
  const reader = new ByteReader(bytes.subarray(at, at + deedBytes))
  return {
    id: readId(reader),
    actor: reader.uint32(),
    feed: reader.uint32(),
    number: reader.uint32(),
    fence: reader.number(),
  }
}

function writeDeedRow(writer: ByteWriter, { id, actor, feed, number, fence }: DeedRow): void {
  writeId(writer, id).uint32(actor).uint32(feed).uint32(number).number(fence)
}

function isSame(one: Deeds, other: Deeds): boolean {
  return one.deeds === other.deeds && one.deedSum === other.deedSum && one.seed === other.seed
}
