import type { RingTrace } from '#contract/worker/ring'
import type { RingNote } from '#cores/ring/messages'
import { unreachable } from '#kit/assert'
import type { RingNames } from './names.ts'

/** Of these two the history and the answer to whoever spoke tell; a trace of them would be one of every message. */
type Untold = 'inserted-late' | 'text-fitted'
export type ToldNote = Exclude<RingNote, { readonly kind: Untold }>

export function isTold(note: RingNote): note is ToldNote {
  return note.kind !== 'inserted-late' && note.kind !== 'text-fitted'
}

/** Cores know addresses and count ticks; people read names and milliseconds. */
export function describeRingNote(note: ToldNote, names: RingNames, tickMs: number): RingTrace {
  switch (note.kind) {
    case 'joined':
    case 'followed':
    case 'led':
    case 'merged': {
      const { leader, term } = note.ring
      const how = note.kind === 'led' ? (`led-${note.why}` as const) : note.kind
      const met = note.kind === 'merged' ? names.shown(note.with) : null
      return { kind: 'ring-changed', how, leader: names.shown(leader), with: met, term, size: note.size }
    }
    case 'left':
      return { kind: 'ring-left', peer: names.shown(note.peer) }
    case 'suspected':
      return { kind: 'suspected', peer: names.shown(note.peer), silentMs: note.silentTicks * tickMs }
    case 'cleared':
      return { kind: 'cleared', peer: names.shown(note.peer) }
    case 'found-dead':
      return { kind: 'found-dead', peer: names.shown(note.peer), why: note.why }
    case 'closed':
      return { kind: 'ring-closed', over: names.shown(note.over), next: names.shown(note.next) }
    case 'token-began':
      return note
    case 'token-passed': {
      const { term, initiator, to } = note
      return { kind: 'token-passed', term, initiator: names.shown(initiator), to: names.shown(to) }
    }
    case 'caught-up':
      return { kind: 'caught-up', records: note.records, from: names.shown(note.from) }
    default:
      return unreachable(note)
  }
}
