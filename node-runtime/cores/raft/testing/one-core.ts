import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { RaftCore } from '../core.ts'
import { type Entry, type EntryFields, makeEntry } from '../entry.ts'
import { type RaftLimits, raftLimits } from '../limits.ts'
import { founded, type Membership } from '../membership.ts'
import type {
  HardState,
  LogEnd,
  RaftConfig,
  RaftInput,
  RaftMessage,
  RaftOutput,
  RaftRole,
  RaftWords,
  ReadLog,
  Restored,
} from '../messages.ts'
import { favour, timing } from './group.ts'

export const [n1, n2, n3, n4] = ['n1', 'n2', 'n3', 'n4'].map(nodeId) as [NodeId, NodeId, NodeId, NodeId]
export const tick: RaftInput = { kind: 'tick' }
export const nowhere = { index: 0, term: 0 } as const

/** What n1 finds on its disk and how it is set up, as far as it is not the usual. */
export interface Given extends Partial<Omit<Restored, 'entries' | 'base'>> {
  readonly base?: Partial<Restored['base']>
  readonly members?: Membership
  /** The terms of the entries on the disk, from the one behind the base on. */
  readonly terms?: readonly number[]
  /** Or these entries themselves. */
  readonly entries?: readonly Entry[]
  readonly config?: Partial<RaftConfig>
  readonly readLog?: ReadLog
  /** Those that are not the usual. */
  readonly limits?: Partial<RaftLimits>
}

/** n1, of three founders if nothing else is said. It can reach a fourth node. */
export function coreOf({
  base,
  members = founded([n1, n2, n3]),
  terms = [],
  entries: given,
  config,
  readLog,
  limits,
  ...rest
}: Given = {}): RaftCore {
  const begin = { end: nowhere, membership: members, atMs: 0, lamport: 0, ...base }
  const entries = given ?? entriesFrom(begin.end.index + 1, terms)
  const hard = { term: entries.at(-1)?.term ?? begin.end.term, votedFor: null }
  const restored = { hard, base: begin, entries, appliedIndex: begin.end.index, incoming: null, ...rest }
  const whole = { id: n1, incarnation: 1, peers: [n2, n3, n4], ...timing, ...favour, ...config }
  const fromDisk: ReadLog = (from, limit) => entries.filter(({ index }) => index >= from).slice(0, limit.entries)
  const parts = { random: new Random('one core'), readLog: readLog ?? fromDisk, limits: { ...raftLimits, ...limits } }
  return new RaftCore(whole, restored, parts)
}

/** n1 of three with an empty log, in the term and with the vote that its disk gave it. */
export function restored(hard: HardState | null, members: readonly NodeId[] = [n1, n2, n3]): RaftCore {
  return coreOf({ members: founded(members), ...(hard === null ? {} : { hard }) })
}

export function entry(fields: Partial<EntryFields> & { readonly index: number; readonly term: number }): Entry {
  return makeEntry({ kind: 'command', atMs: 0, lamport: 0, payload: encodeText(`c${fields.index}`), ...fields })
}

/** Entries that follow each other, from this index on, of these terms. */
export function entriesFrom(index: number, terms: readonly number[]): readonly Entry[] {
  return terms.map((term, offset) => entry({ index: index + offset, term }))
}

export function words(from: NodeId, message: RaftWords, incarnation = 1): RaftInput {
  return { kind: 'message', from, message: { ...message, incarnation } }
}

export function say(core: RaftCore, from: NodeId, message: RaftWords, incarnation = 1): RaftOutput {
  return core.step([words(from, message, incarnation)])
}

/** What is said to this one, without the sender's incarnation, which is always the same. */
export function answers(output: RaftOutput, to?: NodeId): readonly RaftWords[] {
  const messages = to === undefined ? output.messages : output.messages.filter((envelope) => envelope.to === to)
  return messages.map(({ message: { incarnation: _, ...rest } }) => rest as RaftWords)
}

/** Only these words of it. */
export function wordsOf<Kind extends RaftMessage['kind']>(
  output: RaftOutput,
  kind: Kind,
  to?: NodeId,
): readonly Extract<RaftMessage, { kind: Kind }>[] {
  return output.messages.flatMap((envelope) =>
    envelope.message.kind === kind && (to === undefined || envelope.to === to)
      ? [envelope.message as Extract<RaftMessage, { kind: Kind }>]
      : [],
  )
}

export function ticks(core: RaftCore, count: number): RaftOutput[] {
  return Array.from({ length: count }, () => core.step([tick]))
}

/** Past the minimum, so that nothing is refused for being led, and still short of any election timeout. */
export function patient(given: HardState | Given): RaftCore {
  const waiting = 'term' in given ? restored(given) : coreOf(given)
  for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
    waiting.step([tick])
    if (waiting.view.role !== 'follower') throw new Error('it stood too early')
  }
  return waiting
}

export function untilRole(core: RaftCore, role: RaftRole): RaftOutput {
  for (let waited = 0; waited < 100; waited += 1) {
    const output = core.step([tick])
    if (core.view.role === role) return output
  }
  throw new Error(`never ${role}`)
}

/** n1 as a candidate of the term after the one on its disk. */
export function candidate(given: Given = {}): RaftCore {
  const standing = coreOf(given)
  untilRole(standing, 'pre-candidate')
  const { term, membership } = standing.view
  for (const { node, incarnation } of membership) {
    if (node !== n1 && standing.view.role === 'pre-candidate')
      say(standing, node, { kind: 'pre-vote', term: term + 1, isGranted: true, voterTerm: term }, incarnation)
  }
  if (standing.view.role !== 'candidate') throw new Error('nobody wanted it')
  return standing
}

/** n1 as a leader for whom all have voted, in the term after the one on its disk; the output is the one of its election. */
export function elected(given: Given = {}): { readonly core: RaftCore; readonly output: RaftOutput } {
  const standing = candidate(given)
  const { term, membership } = standing.view
  for (const { node, incarnation } of membership) {
    if (node === n1) continue
    const output = say(standing, node, { kind: 'vote', term, isGranted: true }, incarnation)
    if (standing.view.role === 'leader') return { core: standing, output }
  }
  throw new Error('it was not elected')
}

/** The same, and nobody has answered it yet. */
export function leader(given: Given = {}): RaftCore {
  return elected(given).core
}

/** A leader whose first entry both its peers have, so that it may read and change members. */
export function settledLeader(given: Given = {}): RaftCore {
  const leading = leader(given)
  for (const { node, incarnation } of leading.view.membership) {
    if (node !== n1) acknowledge(leading, node, incarnation)
  }
  return leading
}

/** The peer has everything that the leader has. */
export function acknowledge(leading: RaftCore, from: NodeId, incarnation = 1): RaftOutput {
  const { term, last } = leading.view
  return say(leading, from, { kind: 'append-answer', term, matchIndex: last.index }, incarnation)
}

export function propose(ref: number, text = `c${ref}`): Extract<RaftInput, { kind: 'propose' }> {
  return { kind: 'propose', ref, payload: encodeText(text), atMs: 0, lamport: 0 }
}

/** A heartbeat of this term, from a leader that has committed nothing yet. */
export function beat(term: number, commit = 0): Extract<RaftWords, { kind: 'heartbeat' }> {
  return { kind: 'heartbeat', term, round: 1, commit }
}

export function append(
  term: number,
  previous: LogEnd,
  entries: readonly Entry[],
  commit = 0,
): Extract<RaftWords, { kind: 'append' }> {
  return { kind: 'append', term, previous, entries, commit }
}

/** An answer to a heartbeat from someone with an empty log. */
export function beatAnswer(term: number, round = 1, lastIndex = 0): Extract<RaftWords, { kind: 'heartbeat-answer' }> {
  return { kind: 'heartbeat-answer', term, round, lastIndex }
}
