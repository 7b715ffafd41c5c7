import type { Always, Moment } from '../../subject.ts'
import type { ChosenWords } from '../../subjects/chosen/words.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** A property of raft that goes by nothing but what nodes note, asked of the raft in a chosen group. */
export function ofRaft({ name, start }: Always<RaftWords>): Always<ChosenWords> {
  return {
    name,
    start() {
      const check = start()
      return (moment) => {
        const notes = moment.notes.filter(isNotedByRaft)
        return notes.length === 0 ? null : check({ ...moment, sent: [], received: [], crashes: [], notes })
      }
    },
  }
}

function isNotedByRaft(noted: Moment<ChosenWords>['notes'][number]): noted is Moment<RaftWords>['notes'][number] {
  return noted.note.kind !== 'phase-changed'
}
