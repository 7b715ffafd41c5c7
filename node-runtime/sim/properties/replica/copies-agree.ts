import type { Always, Words } from '../../subject.ts'

/** All rows of a copy in one sum. */
interface Dumped {
  readonly kind: 'dumped'
  readonly appliedIndex: number
  readonly sum: number
}

/** What a system notes, its dumps among it. */
type DumpingWords = Words & { readonly note: Dumped | { readonly kind: string } }

/** After the same entry all copies have the same rows, byte for byte. */
export function copiesAgreeOn<W extends DumpingWords>(what: 'state' | 'catalogue'): Always<W> {
  return {
    name: `copies of one ${what} are alike`,
    start() {
      const sums = new Map<number, number>()
      return ({ notes }) => {
        for (const { node, note } of notes) {
          if (!isDump(note)) continue
          const known = sums.get(note.appliedIndex) ?? note.sum
          sums.set(note.appliedIndex, known)
          if (known !== note.sum) return `${node} has other rows after entry ${note.appliedIndex} than another had`
        }
        return null
      }
    },
  }
}

function isDump(note: DumpingWords['note']): note is Dumped {
  return note.kind === 'dumped'
}
