import type { Sometimes } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'

/** Stickiness at work: the asked term was new enough, and the voter still said no, because it hears a leader. */
export const preVoteRefusedAsLed: Sometimes<RaftWords> = {
  name: 'pre-vote refused, because a leader is heard',
  start: () => (moment) =>
    moment.sent.some(
      ({ message }) => message.kind === 'pre-vote' && !message.isGranted && message.term > message.voterTerm,
    ),
}
