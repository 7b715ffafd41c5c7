import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'

/** After the same entry all servers have the same rows, byte for byte. */
export const copiesAgree: Always<ChatWords> = {
  name: 'copies of one state are alike',
  start() {
    const sums = new Map<number, number>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'dumped') continue
        const known = sums.get(note.appliedIndex) ?? note.sum
        sums.set(note.appliedIndex, known)
        if (known !== note.sum) return `${node} has other rows after entry ${note.appliedIndex} than another had`
      }
      return null
    }
  },
}
