import type { Operation } from '#check/history'
import { checkLinearizable } from '#check/linearizable'
import { type ListAnswer, type ListOp, list } from '#check/models/list'
import type { Always, Moment } from '../../subject.ts'
import { general } from '../../subjects/chat/people.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'

type Asked = Operation<ListOp, ListAnswer>

/** What was said in the open channel and what was read of it could be of one copy, that serves one after the other. */
export const channelIsLinearizable: Always<ChatWords> = {
  name: 'a channel could be of one copy',
  start() {
    const said = new Map<string, Asked>()
    const reads: Asked[] = []
    return (moment) => {
      if (!take(moment, said, reads)) return null
      const verdict = checkLinearizable(list, [...said.values(), ...reads])
      if (verdict.kind === 'valid') return null
      return verdict.kind === 'invalid' ? verdict.counterExample.text : `the history of ${verdict.key} was too much`
    }
  },
}

/** True when it was read for the last time, and so can be judged. */
function take({ tick, notes }: Moment<ChatWords>, said: Map<string, Asked>, reads: Asked[]): boolean {
  let isFinal = false
  for (const { node, note } of notes) {
    if (note.kind === 'asked' && isOpen(note.deed.what)) {
      const { id } = note.deed
      const op = { kind: 'append', value: id } as const
      said.set(id, { process: node, key: general, op, invokedAt: 2 * tick, ending: { kind: 'unknown' } })
    } else if (note.kind === 'answered') {
      const operation = said.get(note.deed.id)
      // Of what was refused at last, an earlier try may still be on its way.
      if (operation === undefined || note.outcome.kind === 'refused') continue
      said.set(note.deed.id, { ...operation, ending: { kind: 'ok', at: 2 * tick + 1, answer: null } })
    } else if (note.kind === 'read') {
      const ending = { kind: 'ok', at: 2 * tick + 1, answer: note.ids } as const
      reads.push({ process: node, key: general, op: { kind: 'read' }, invokedAt: 2 * note.askedTick, ending })
      isFinal ||= note.isFinal
    }
  }
  return isFinal
}

function isOpen(what: { readonly kind: string; readonly to?: unknown }): boolean {
  if (what.kind !== 'say' || typeof what.to !== 'object' || what.to === null) return false
  return 'conversation' in what.to && what.to.conversation === general
}
