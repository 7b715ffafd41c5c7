import type { Always } from '../../subject.ts'
import { tickOf } from '../../subjects/raft/operation.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** A read sees every command that was acknowledged before it began, and whatever an earlier read has seen. */
export const readsAreFresh: Always<RaftWords> = {
  name: 'a read sees what was answered before it began',
  start() {
    // How far the answers went, and since which tick; both rise.
    const answered: { readonly tick: number; readonly index: number }[] = []
    return ({ tick, notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'acknowledged') raise(answered, tick, note.end.index)
        if (note.kind !== 'read' || note.isStale) continue
        const { index } = note.answer.state.end
        const began = tickOf(note.op)
        const owed = answered.findLast((answer) => answer.tick < began)?.index ?? 0
        if (index < owed) return `a read at ${node} sees entry ${index}; ${owed} was answered before it began`
        raise(answered, tick, index)
      }
      return null
    }
  },
}

function raise(answered: { readonly tick: number; readonly index: number }[], tick: number, index: number): void {
  if (index > (answered.at(-1)?.index ?? 0)) answered.push({ tick, index })
}
