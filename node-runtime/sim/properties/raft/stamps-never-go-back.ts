import type { Entry } from '#cores/raft/entry'
import type { LogEnd } from '#cores/raft/messages'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

export const stampsNeverGoBack: Always<RaftWords> = {
  name: 'times and stamps never go back along a log',
  start: () => (moment) => {
    const ledger = ledgerOf(moment)
    for (const { node, note, before } of ledger.keepings) {
      let earlier: LogEnd | Entry = before
      for (const entry of note.persist.entries) {
        const wrong = goesBack(earlier, entry)
        if (wrong !== null) return `${node} keeps ${wrong}`
        earlier = entry
      }
    }
    // Across a snapshot, of which a log shows no entry.
    for (const entry of ledger.fresh) {
      const before = ledger.committed(entry.index - 1)
      const wrong = before === undefined ? null : goesBack(before, entry)
      if (wrong !== null) return `committed is ${wrong}`
    }
    return null
  },
}

/** Where a log begins only index and term are known. */
function goesBack(before: LogEnd | Entry, { index, atMs, lamport }: Entry): string | null {
  if (!('atMs' in before)) return null
  if (atMs < before.atMs) return `entry ${index} of ${atMs} ms behind one of ${before.atMs} ms`
  return lamport < before.lamport ? `entry ${index} with stamp ${lamport} behind ${before.lamport}` : null
}
