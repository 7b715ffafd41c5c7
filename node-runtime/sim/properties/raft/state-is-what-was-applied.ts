import type { Always } from '../../subject.ts'
import { Registers } from '../../subjects/raft/registers.ts'
import type { RaftWords, StateMark } from '../../subjects/raft/words.ts'
import { type Ledger, ledgerOf } from './knowledge/ledger.ts'

/** However a state came about, by entries, from a disk or from a snapshot: it is what its entries make of nothing. */
export const stateIsWhatWasApplied: Always<RaftWords> = {
  name: 'a state is what its entries make of it',
  start() {
    const registers = new Registers()
    const digests: number[] = [registers.digest]
    // Of entries that nobody was heard to have applied yet.
    let early: { readonly node: string; readonly mark: StateMark }[] = []
    return (moment) => {
      const ledger = ledgerOf(moment)
      if (ledger.fresh.length > 0) goOn(ledger, registers, digests)
      const marks = early
      early = []
      for (const { node, note } of moment.notes) if ('state' in note) marks.push({ node, mark: note.state })
      for (const { node, mark } of marks) {
        const digest = digests[mark.end.index]
        if (digest === undefined) early.push({ node, mark })
        else if (digest !== mark.digest) return `${node} has another state than others after entry ${mark.end.index}`
      }
      return null
    }
  },
}

function goOn(ledger: Ledger, registers: Registers, digests: number[]): void {
  for (let entry = ledger.committed(digests.length); entry !== undefined; entry = ledger.committed(digests.length)) {
    registers.apply(entry)
    digests.push(registers.digest)
  }
}
