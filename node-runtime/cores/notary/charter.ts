import { ByteReader, ByteWriter } from '#kit/bytes'
import type { StateTx, StateView } from '#kit/state-machine'
import { readWitnesses, writeWitnesses } from './command-codec.ts'
import type { NotaryCommand, WitnessList } from './messages.ts'
import { type Head, rowKey, spaces, writeHead } from './rows.ts'

type Founding = Omit<Extract<NotaryCommand, { kind: 'found' }>, 'kind'>

const foundingKey = 'founding'

/** null: nobody has named this notary yet. */
export function readFounding(state: StateView): Founding | null {
  const row = state.get(spaces.notary, foundingKey)
  if (row === null) return null
  const reader = new ByteReader(row)
  return { origin: reader.text(), logKey: reader.text() }
}

/** false: it has another name or key already. */
export function found(state: StateTx, { origin, logKey }: Founding): boolean {
  const known = readFounding(state)
  if (known !== null) return known.origin === origin && known.logKey === logKey
  state.put(spaces.notary, foundingKey, new ByteWriter(256).text(origin).text(logKey).done())
  return true
}

interface JudgingList extends WitnessList {
  /** Checkpoints of this size and larger are judged by it, until the next list. */
  readonly from: number
}

/**
 * The present size may be co-signed already: it stays with the list that judged it, and a later one begins above it.
 * Of two lists that begin at one size the later one counts: there is no checkpoint of it yet.
 */
export function setWitnesses(state: StateTx, head: Head, list: WitnessList): void {
  const last = head.witnessLists === 0 ? null : readList(state, head.witnessLists - 1)
  if (last !== null && isSameList(last, list)) return
  const from = last === null ? head.size : head.size + 1
  const isReplaced = last?.from === from
  const number = isReplaced ? head.witnessLists - 1 : head.witnessLists
  const row = writeWitnesses(new ByteWriter(512).number(from), list).done()
  state.put(spaces.witnesses, rowKey(number), row)
  if (!isReplaced) writeHead(state, { ...head, witnessLists: head.witnessLists + 1 })
}

/** None before the first list. */
export function witnessesAt(state: StateView, head: Head, size: number): WitnessList {
  let [low, high] = [0, head.witnessLists]
  // The first list that begins above the size is at `high`, whatever is looked at in between.
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((readList(state, middle)?.from ?? 0) <= size) low = middle + 1
    else high = middle
  }
  const { witnesses, members } = (low === 0 ? null : readList(state, low - 1)) ?? nobody
  return { witnesses, members }
}

const nobody: WitnessList = { witnesses: [], members: 0 }

function readList(state: StateView, number: number): JudgingList | null {
  const row = state.get(spaces.witnesses, rowKey(number))
  if (row === null) return null
  const reader = new ByteReader(row)
  const from = reader.count()
  const list = readWitnesses(reader)
  return list === null ? null : { from, ...list }
}

function isSameList(one: WitnessList, other: WitnessList): boolean {
  return one.members === other.members && linesOf(one) === linesOf(other)
}

function linesOf({ witnesses }: WitnessList): string {
  return witnesses.map(({ name, key }) => `${name} ${key}`).join('\n')
}
