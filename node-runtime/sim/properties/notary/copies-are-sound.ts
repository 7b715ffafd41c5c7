import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'

/** Whoever computes a peer's whole copy anew finds nothing wrong with it, also not in what it finds records by. */
export const copiesAreSound: Always<NotaryWords> = {
  name: 'every copy is sound',
  start:
    () =>
    ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'examined' || note.found.kind !== 'broken') continue
        return `${node}: record ${note.found.index} fails its check: ${note.found.check}`
      }
      return null
    },
}
