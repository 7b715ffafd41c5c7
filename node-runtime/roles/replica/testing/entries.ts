import { type Entry, makeEntry } from '#cores/raft/entry'
import type { Persist } from '#cores/raft/messages'

/** A command that says where it stands, so that one entry is never taken for another. */
export function entryAt(index: number, { term = 1, bytes = 20 } = {}): Entry {
  const payload = new Uint8Array(bytes).fill((index * 7 + term) % 256)
  return makeEntry({ index, term, kind: 'command', atMs: index * 10, lamport: index, payload })
}

export function entriesAt(
  from: number,
  to: number,
  options?: { readonly term?: number; readonly bytes?: number },
): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, place) => entryAt(from + place, options))
}

export function commandAt(index: number, payload: Uint8Array, atMs = index * 10): Entry {
  return makeEntry({ index, term: 1, kind: 'command', atMs, lamport: index, payload })
}

export const nothingToPersist: Persist = { hard: null, dropsIncoming: false, chunks: [], entries: [], base: null }

/** As numbers that a failing test can show. */
export function indexesOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ index }) => index)
}
