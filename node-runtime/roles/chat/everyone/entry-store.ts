import { decodeOperation, encodeOperation } from '#cores/chat/everyone/codec'
import type { Entry, EveryoneOutput, RestoredEveryone } from '#cores/chat/everyone/messages'
import { isLogId } from '#cores/chat/everyone/order'
import { type Store, StoreFailure, type StoreTx, type StoreView } from '#ports/store'

const space = 'everyone'
const digits = 12
/** In one transaction, so that none lasts. */
const forgottenRowsMax = 2_000

export function saveEntries(tx: StoreTx, { entries }: Pick<EveryoneOutput, 'entries'>): void {
  for (const entry of entries) tx.put(space, keyOf(entry), encodeOperation(entry.operation))
}

/** What cannot be what was written is forgotten, all of it: the disk is a lost one then, and others give back what they have. */
export function restoreEntries(store: Store): RestoredEveryone {
  try {
    return readEntries(store.view())
  } catch (error) {
    if (!(error instanceof StoreFailure) || error.code !== 'store-damaged') throw error
    forgetEntries(store)
    return { entries: [] }
  }
}

function forgetEntries(store: Store): void {
  while (store.transaction((tx) => tx.deleteRange(space, { limit: forgottenRowsMax })) === forgottenRowsMax);
}

function readEntries(view: StoreView): RestoredEveryone {
  const upTo = new Map<string, number>()
  const entries = view.scan(space).map(({ key, value }) => {
    const entry = entryOf(key, value)
    const before = upTo.get(entry?.log ?? '') ?? 0
    if (entry?.sequence !== before + 1) throw new StoreFailure('store-damaged', `the entry at ${key} is none`)
    upTo.set(entry.log, entry.sequence)
    return entry
  })
  return { entries }
}

function keyOf({ log, sequence }: Entry): string {
  return `${log} ${String(sequence).padStart(digits, '0')}`
}

function entryOf(key: string, value: Uint8Array): Entry | null {
  const [log = '', sequence = ''] = key.split(' ')
  const operation = decodeOperation(value)
  return isLogId(log) && operation !== null ? { log, sequence: Number(sequence), operation } : null
}
