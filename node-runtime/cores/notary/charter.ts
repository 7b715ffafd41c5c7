import { ByteReader, ByteWriter } from '#kit/bytes'
import type { StateTx, StateView } from '#kit/state-machine'
import { readWitnesses, writeWitnesses } from './command-codec.ts'
import type { NotaryCommand, Witness } from './messages.ts'
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

interface WitnessList {
  /** Checkpoints of this size and larger are judged by it, until the next list. */
  readonly from: number
  readonly witnesses: readonly Witness[]
}

/** Of two lists at one size the later one counts: no checkpoint can tell them apart. */
export function setWitnesses(state: StateTx, head: Head, witnesses: readonly Witness[]): void {
  const last = head.witnessLists === 0 ? null : readList(state, head.witnessLists - 1)
  if (last !== null && isSameList(last.witnesses, witnesses)) return
  const isReplaced = last?.from === head.size
  const number = isReplaced ? head.witnessLists - 1 : head.witnessLists
  const row = writeWitnesses(new ByteWriter(512).number(head.size), witnesses).done()
  state.put(spaces.witnesses, rowKey(number), row)
  if (!isReplaced) writeHead(state, { ...head, witnessLists: head.witnessLists + 1 })
}

/** None before the first list. */
export function witnessesAt(state: StateView, head: Head, size: number): readonly Witness[] {
  let [low, high] = [0, head.witnessLists]
  // The first list that begins above the size is at `high`, whatever is looked at in between.
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((readList(state, middle)?.from ?? 0) <= size) low = middle + 1
    else high = middle
  }
  return low === 0 ? [] : (readList(state, low - 1)?.witnesses ?? [])
}

function readList(state: StateView, number: number): WitnessList | null {
  const row = state.get(spaces.witnesses, rowKey(number))
  if (row === null) return null
  const reader = new ByteReader(row)
  const from = reader.count()
  const witnesses = readWitnesses(reader)
  return witnesses === null ? null : { from, witnesses }
}

function isSameList(one: readonly Witness[], other: readonly Witness[]): boolean {
  const lineOf = ({ name, key }: Witness) => `${name} ${key}`
  return one.map(lineOf).join('\n') === other.map(lineOf).join('\n')
}
