import type { NodeId } from '#kit/ids'
import type { Committed } from './committed.ts'
import type { Entry } from './entry.ts'
import type { RaftLog } from './log.ts'
import { decodeMembership } from './membership.ts'
import type { LogEnd, RaftWords, SnapshotId } from './messages.ts'
import type { StepOutput } from './step-output.ts'

export interface IntakeParts {
  readonly out: StepOutput
  readonly log: RaftLog
  readonly committed: Committed
}

type Words<Kind extends RaftWords['kind']> = Extract<RaftWords, { kind: Kind }>

interface Incoming {
  readonly snapshot: SnapshotId
  wanted: number
}

/** What a follower takes in from its leader. The leader has been recognised before. SPEC.md, RP and SN. */
export class Intake {
  readonly #parts: IntakeParts
  #incoming: Incoming | null
  #heardCommit: number

  constructor(parts: IntakeParts, incoming: Incoming | null) {
    this.#parts = parts
    this.#incoming = incoming
    this.#heardCommit = incoming?.snapshot.end.index ?? 0
  }

  /** Committed somewhere, though perhaps not here yet. */
  get heardCommit(): number {
    return Math.max(this.#heardCommit, this.#parts.committed.index)
  }

  append(from: NodeId, words: Words<'append'>): void {
    const { out, log, committed } = this.#parts
    if (!isWellFormed(words)) return out.anomaly(`${from} sends entries that do not follow each other`)
    const { previous, entries, term } = words
    this.#heardCommit = Math.max(this.#heardCommit, words.commit)
    const matchIndex = previous.index + entries.length
    if (matchIndex <= committed.index) {
      // RP9: committed entries are the same everywhere, so there is nothing to compare, and they may be compacted here.
      out.send(from, { kind: 'append-answer', term, matchIndex: committed.index })
      return
    }
    if (previous.index >= log.base.index && !log.has(previous)) {
      out.send(from, { kind: 'append-refusal', term, previousIndex: previous.index, hint: log.lastLike(previous) })
      return
    }
    if (!this.#takeOver(from, entries)) return
    this.#commit(Math.min(words.commit, matchIndex))
    out.send(from, { kind: 'append-answer', term, matchIndex })
  }

  /**
   * RP7. The leader has our word that our log is its own up to `commit`, but it may have been given by an earlier life,
   * whose disk is lost. An entry of the leader's own term can have come from nobody else, and with it all before it.
   */
  commitTo(commit: number, term: number): void {
    if (this.#parts.log.termAt(commit) === term) this.#commit(commit)
  }

  chunk(from: NodeId, words: Words<'snapshot-chunk'>): void {
    const { out, log, committed } = this.#parts
    const { snapshot, number, isLast, bytes, term } = words
    if (snapshot.end.term > term) return out.anomaly(`${from} sends a snapshot of a term that is still to come`)
    this.#heardCommit = Math.max(this.#heardCommit, snapshot.end.index)
    const answer = (wanted: number | null): void =>
      out.send(from, { kind: 'snapshot-answer', term, transfer: snapshot.transfer, wanted })
    // SN5: whatever it holds is here already.
    if (snapshot.end.index <= committed.index) return answer(null)
    if (log.has(snapshot.end)) {
      this.#commit(snapshot.end.index)
      return answer(null)
    }
    if (this.#incoming?.snapshot.transfer !== snapshot.transfer) {
      // One output brings one snapshot at most; another one can wait for the next step.
      if (number !== 0 || out.isInstalling) return answer(0)
      if (this.#incoming !== null) out.dropIncoming()
      this.#incoming = { snapshot, wanted: 0 }
    }
    if (number !== this.#incoming.wanted) return answer(this.#incoming.wanted)
    out.persistChunk(snapshot, { number, isLast, bytes })
    this.#incoming.wanted += 1
    if (isLast) this.#install(snapshot)
    answer(isLast ? null : (this.#incoming?.wanted ?? null))
  }

  /** False: it would undo what is committed. */
  #takeOver(from: NodeId, entries: readonly Entry[]): boolean {
    const { log, committed, out } = this.#parts
    for (const entry of entries) {
      if (entry.index < log.base.index) continue
      const known = log.termAt(entry.index)
      if (known === entry.term) continue
      if (known !== null) {
        if (entry.index <= committed.index) {
          out.anomaly(`${from} would replace entry ${entry.index}, which is committed`)
          return false
        }
        out.note({ kind: 'log-cut', from: entry.index, upTo: log.last.index })
        log.cut(entry.index)
      }
      log.append(entry)
      if (entry.kind === 'members') {
        out.note({ kind: 'members-changed', members: log.members.current, index: entry.index })
      }
    }
    return true
  }

  #commit(index: number): void {
    const { committed, out } = this.#parts
    committed.raiseTo(index)
    // SN5: the log has got there by itself.
    if (this.#incoming === null || this.#incoming.snapshot.end.index > committed.index) return
    this.#incoming = null
    out.dropIncoming()
  }

  #install(snapshot: SnapshotId): void {
    const { log, committed, out } = this.#parts
    log.resetTo(snapshot)
    committed.skipTo(snapshot.end.index)
    this.#incoming = null
    out.note({ kind: 'snapshot-installed', index: snapshot.end.index })
  }
}

function isWellFormed({ previous, entries, term }: Words<'append'>): boolean {
  let before: LogEnd = previous
  for (const entry of entries) {
    if (entry.index !== before.index + 1 || entry.term < before.term) return false
    if (entry.kind === 'members' && decodeMembership(entry.payload) === null) return false
    before = entry
  }
  return before.term <= term
}
