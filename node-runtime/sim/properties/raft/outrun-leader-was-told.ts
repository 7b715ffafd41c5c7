import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** The way back for a peer that is ahead: its answer to a heartbeat ends the reign of a leader of an older term. */
export const outrunLeaderWasTold: Sometimes<RaftWords> = {
  name: 'a leader was told of a newer term by a peer that is not led',
  start: () => (moment) =>
    moment.sent.some(
      ({ to, message }) =>
        message.kind === 'heartbeat-answer' &&
        moment.views.some(({ id, role, term }) => id === to && role === 'leader' && term < message.term),
    ),
}
