import type { NodeId } from '#kit/ids'
import type { Moment, Sometimes } from '../../subject.ts'
import { tickOf } from '../../subjects/raft/operation.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { owing } from './knowledge/owing.ts'

type Noted = Moment<RaftWords>['notes'][number]

/** Rare places that one note tells of. */
export const notedPlaces: readonly Sometimes<RaftWords>[] = [
  noted('a snapshot was installed', ({ note }) => note.kind === 'installed'),
  noted('a snapshot was given up', ({ note }) => note.kind === 'snapshot-gone'),
  noted('a transfer outlived its receiver', ({ note }) => note.kind === 'restored' && note.restored.incoming !== null),
  noted('a leader left its group', ({ note }) => note.kind === 'role-changed' && note.why === 'left-the-group'),
  noted('a group was lost', ({ note }) => note.kind === 'group-lost'),
  noted('a damaged disk was found at the start', ({ note }) => note.kind === 'restored' && note.why === 'lost'),
  noted('a damaged disk was found later', ({ note }) => note.kind === 'restored' && note.why === 'damaged'),
  noted('a leader found out a disk that had lied', ({ note }) => note.kind === 'peer-lost-disk'),
  noted('who was disowned began anew', ({ note }) => note.kind === 'restored' && note.why === 'disowned'),
  noted('too much waited', ({ note }) => note.kind === 'refused' && note.why === 'busy'),
  noted(
    'a command came while the lead was handed over',
    ({ note }) => note.kind === 'refused' && note.why === 'handing-over',
  ),
  noted('an accepted command was overwritten', ({ note }) => note.kind === 'refused' && note.why === 'overwritten'),
  // Whoever is not led refuses at once; one that is refused later was accepted by a leader that is none any more.
  noted(
    'a read was refused, because its leader was deposed',
    ({ note }, { tick }) => note.kind === 'refused' && note.why === 'not-leader' && tickOf(note.op) < tick,
  ),
]

export const tailWasOverwritten: Sometimes<RaftWords> = {
  name: "a follower's tail was overwritten",
  start: () => (moment) => ledgerOf(moment).keepings.some(({ cut, note }) => cut !== null && !note.leads),
}

export const learnerBecameVoter: Sometimes<RaftWords> = {
  name: 'a learner became a voter',
  start() {
    const learners = new Set<NodeId>()
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind !== 'members-changed') continue
        if (note.members.some(({ node, isVoter }) => isVoter && learners.has(node))) return true
        for (const { node, isVoter } of note.members) if (!isVoter) learners.add(node)
      }
      return false
    }
  },
}

export const cameBackAsSomebodyElse: Sometimes<RaftWords> = {
  name: 'who lost its disk is a voter again',
  start: () => (moment) =>
    ledgerOf(moment).members.membership.some(({ isVoter, incarnation }) => isVoter && incarnation > 1),
}

export const fullWhileLeading: Sometimes<RaftWords> = {
  name: "a leader's disk was full",
  start() {
    const leaders = new Set<NodeId>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'restored' && note.why === 'write-refused' && leaders.has(node)) return true
        if (note.kind === 'restored') leaders.delete(node)
        if (note.kind === 'role-changed' && note.to === 'leader') leaders.add(node)
        else if (note.kind === 'role-changed') leaders.delete(node)
      }
      return false
    }
  },
}

export const handOverSucceeded: Sometimes<RaftWords> = {
  name: 'a hand-over succeeded',
  start() {
    const wanted = new Set<NodeId>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'role-changed') continue
        if (note.to === 'leader' && wanted.has(node)) return true
        if (note.why === 'was-handed-over') wanted.add(node)
        else wanted.delete(node)
      }
      return false
    }
  },
}

export const handOverCameToNothing: Sometimes<RaftWords> = {
  name: 'a hand-over came to nothing',
  start() {
    const under = new Map<NodeId, number>()
    return ({ views }) => {
      for (const { id, role, term, handingOverTo } of views) {
        if (handingOverTo === null && under.size === 0) continue
        const before = under.get(id)
        if (handingOverTo !== null) under.set(id, term)
        else under.delete(id)
        if (handingOverTo === null && before === term && role === 'leader') return true
      }
      return false
    }
  },
}

export const backedUpByTerms: Sometimes<RaftWords> = {
  name: 'a leader backed up over two terms at once',
  start: () => (moment) =>
    moment.sent.some(({ to, message }) => {
      if (message.kind !== 'append-refusal') return false
      const log = ledgerOf(moment).log(to)
      const terms = new Set<number | null | undefined>()
      for (let index = message.hint.index + 1; index <= message.previousIndex; index += 1) terms.add(log?.termAt(index))
      terms.delete(null)
      return terms.size >= 2
    }),
}

/** It may be the only one that knows of its removal, and then nobody else can win. */
export const removedOneStood: Sometimes<RaftWords> = {
  name: 'who was being removed stood',
  start: () => (moment) =>
    moment.notes.some(({ node, note }) => {
      if (note.kind !== 'role-changed' || note.to !== 'pre-candidate') return false
      const members = ledgerOf(moment).log(node)?.members.membership ?? []
      return !members.some((member) => member.node === node && member.isVoter)
    }),
}

export const nothingWasOwed: Sometimes<RaftWords> = {
  name: 'too many were away to go on',
  start: () => (moment) => moment.isCalm && !ledgerOf(moment).isOff && owing(moment) === null,
}

export const promiseWasOff: Sometimes<RaftWords> = {
  name: 'a disk that had lied unnoticed was believed',
  start: () => (moment) => ledgerOf(moment).isOff,
}

/** A place that only notes can tell of: in most moments there are none. */
export function placeOfNotes({ name, start }: Sometimes<RaftWords>): Sometimes<RaftWords> {
  return {
    name,
    start() {
      const isReached = start()
      return (moment) => moment.notes.length > 0 && isReached(moment)
    },
  }
}

function noted(name: string, isPlace: (noted: Noted, moment: Moment<RaftWords>) => boolean): Sometimes<RaftWords> {
  return {
    name,
    start: () => (moment) => {
      for (const note of moment.notes) if (isPlace(note, moment)) return true
      return false
    },
  }
}
