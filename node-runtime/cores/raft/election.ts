import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { termMax } from './codec.ts'
import { ElectionTimer } from './election-timer.ts'
import type { RaftLog } from './log.ts'
import { firstIncarnation } from './membership.ts'
import type { HardState, RaftConfig, RaftNote, RaftRole, RaftWhy, RaftWords } from './messages.ts'
import { Ballot, type BallotResult } from './quorum.ts'
import type { StepOutput } from './step-output.ts'
import { mayVote, type Plea, type Voter, wouldVote } from './voter.ts'

export interface ElectionParts {
  readonly config: RaftConfig
  readonly random: Random
  readonly out: StepOutput
  readonly log: RaftLog
  readonly committed: { readonly index: number }
}

/** What candidates and voters say to each other. */
export type ElectionWords = Extract<RaftWords, { kind: 'pre-vote-request' | 'pre-vote' | 'vote-request' | 'vote' }>

/** Somebody else, in one of its lives. */
export interface Sender {
  readonly node: NodeId
  readonly incarnation: number
}

/** Who leads, and who may. The rules are those of SPEC.md; their numbers stand beside the lines that keep them. */
export class Election {
  readonly #parts: ElectionParts
  readonly #config: RaftConfig
  readonly #out: StepOutput
  readonly #timer: ElectionTimer
  #hard: HardState
  #role: RaftRole = 'follower'
  #leader: NodeId | null = null
  /** Counts since a leader was last heard. Below the minimum election timeout this node takes the group as led. */
  #leaderSilentTicks: number
  #ballot = new Ballot(1)
  #isHandOver = false
  #canWrite = true
  #wish: NodeId | null = null

  constructor(parts: ElectionParts, hard: HardState) {
    this.#parts = parts
    this.#config = parts.config
    this.#out = parts.out
    this.#hard = hard
    this.#timer = new ElectionTimer(parts.config, parts.random)
    // EL14: an earlier life may have heard a leader a moment before it ended. Who never had one owes nobody patience.
    this.#leaderSilentTicks = hard.term === 0 ? parts.config.electionTicksMin : 0
    this.#restartTimer()
  }

  get hard(): HardState {
    return this.#hard
  }

  get role(): RaftRole {
    return this.#role
  }

  get leader(): NodeId | null {
    return this.#leader
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  get leaderHeardTicksAgo(): number | null {
    if (this.#leader === null) return null
    return this.#role === 'leader' ? 0 : this.#leaderSilentTicks
  }

  /** null: it waits for nothing. */
  get wait(): { readonly ticksLeft: number; readonly ticksOf: number } | null {
    if (this.#role === 'leader' || !this.#mayStand()) return null
    return { ticksLeft: this.#timer.ticksLeft, ticksOf: this.#timer.ticksOf }
  }

  /** CH2: with no leader only the chosen one's wait is shortened. */
  wish(leader: NodeId | null): void {
    this.#wish = leader
    if (this.#leader === null && this.#isFavoured()) this.#timer.shorten()
  }

  /** At a node that does not lead. */
  tick(): 'quiet' | 'homeless' {
    assert(this.#role !== 'leader', 'a leader waits for nobody')
    this.#leaderSilentTicks += 1
    if (!this.#canWrite) {
      this.#forgetSilentLeader()
      return 'quiet' // EL15
    }
    // CH2: from now on nobody counts as leading, so this is the moment at which the chosen one need not wait any more.
    if (this.#leaderSilentTicks === this.#config.electionTicksMin && this.#isFavoured()) this.#timer.shorten()
    const isOver = this.#timer.tick()
    if (!this.#mayStand()) {
      if (!isOver) return 'quiet'
      this.#timer.restart()
      this.#leader = null
      return 'homeless'
    }
    // EL12: who is alone has nobody to wait for.
    if (isOver || this.#isAlone()) this.#askForPreVotes()
    return 'quiet'
  }

  receive(from: Sender, words: ElectionWords): void {
    if (!this.#canWrite) return // EL15: what cannot be kept must not be promised
    switch (words.kind) {
      case 'pre-vote-request':
        return this.#answerPreVote(from, { ...words, isHandOver: false })
      case 'pre-vote':
        return this.#countPreVote(from, words)
      case 'vote-request':
        return this.#answerVote(from, words)
      case 'vote':
        return this.#countVote(from, words)
      default:
        return unreachable(words)
    }
  }

  /** Takes `from` as the leader of this term. False if its words are not to be followed. */
  hearLeader(from: NodeId, term: number): boolean {
    if (term > this.#hard.term && this.#canWrite) this.noticeTerm(term)
    if (term !== this.#hard.term) {
      // EL11: an answer goes out to an older term too. Without it a leader whom we have outrun would never learn that,
      // and we could never rejoin.
      if (this.#canWrite) this.#out.send(from, this.#ownTerm())
      return false
    }
    if (this.#leader !== null && this.#leader !== from) {
      this.#out.anomaly(`${from} leads term ${term}, and so does ${this.#leader}`)
      return false
    }
    this.#leader = from
    this.#leaderSilentTicks = 0
    this.#restartTimer()
    if (this.#role !== 'follower') this.#become('follower', 'heard-leader', { leader: from, silentTicks: null })
    return true
  }

  /** EL2: a newer term ends whatever this node was in the old one. */
  noticeTerm(term: number): void {
    if (term <= this.#hard.term || !this.#canWrite) return
    this.#keep({ term, votedFor: null })
    this.standDown('saw-newer-term')
  }

  /** HO3: the leader has handed over, and everything is here. */
  standNow(): void {
    if (!this.#mayStand() || this.#role === 'leader' || this.#hard.term >= termMax) return
    this.#leader = null
    this.#isHandOver = true
    this.#askForVotes('was-handed-over')
  }

  standDown(why: RaftWhy): void {
    this.#leader = null
    if (this.#role === 'follower') return
    this.#become('follower', why)
    this.#restartTimer()
  }

  loseDisk(): void {
    this.#canWrite = false
    this.standDown('cannot-write')
  }

  regainDisk(): void {
    if (this.#canWrite) return
    this.#canWrite = true
    this.#restartTimer()
  }

  /** Who cannot stand can still tell that nobody leads. */
  #forgetSilentLeader(): void {
    if (this.#leader !== null && this.#timer.tick()) this.#leader = null
  }

  #answerPreVote(from: Sender, plea: Plea): void {
    const isGranted = wouldVote(this.#voter(), plea)
    this.#out.send(from.node, { kind: 'pre-vote', term: plea.term, isGranted, voterTerm: this.#hard.term })
  }

  #answerVote({ node: from }: Sender, plea: Plea): void {
    if (plea.term > this.#hard.term) {
      if (this.#voter().isLed && !plea.isHandOver) return // EL6: not even the term is taken from one who would disturb a led group
      this.noticeTerm(plea.term)
    }
    const isGranted = plea.term === this.#hard.term && mayVote(this.#voter(), from, plea)
    if (isGranted && this.#hard.votedFor === null) {
      this.#voteFor(from, plea.term)
      this.#timer.restart() // EL9
    }
    this.#out.send(from, { kind: 'vote', term: this.#hard.term, isGranted })
  }

  /** EL4 */
  #askForPreVotes(): void {
    const about = { leader: this.#leader, silentTicks: this.#leader === null ? null : this.#leaderSilentTicks }
    this.#out.note({ kind: 'timer', name: 'election', afterTicks: this.#timer.ticksOf })
    this.#leader = null
    this.#isHandOver = false
    this.#restartTimer() // EL8
    if (this.#hard.term >= termMax) {
      this.#out.anomaly(`term ${termMax} is the last: nobody can stand`)
      return
    }
    if (this.#role !== 'pre-candidate') this.#become('pre-candidate', 'heard-no-leader', about)
    this.#ask({ kind: 'pre-vote-request', term: this.#hard.term + 1, last: this.#parts.log.last })
  }

  /** EL3, EL5 */
  #askForVotes(why: RaftWhy): void {
    this.#voteFor(this.#config.id, this.#hard.term + 1)
    this.#restartTimer()
    this.#become('candidate', why)
    const isHandOver = this.#isHandOver
    this.#ask({ kind: 'vote-request', term: this.#hard.term, last: this.#parts.log.last, isHandOver })
  }

  #ask(words: ElectionWords): void {
    const { id, incarnation } = this.#config
    const { members } = this.#parts.log
    const { voters } = members
    this.#ballot = new Ballot(voters.length)
    const result = members.isVoter(id, incarnation) ? this.#ballot.count(id, true) : 'open'
    if (result !== 'open') return this.#decide(result)
    for (const { node } of voters) if (node !== this.#config.id) this.#out.send(node, words)
  }

  #countPreVote(from: Sender, words: Extract<RaftWords, { kind: 'pre-vote' }>): void {
    if (words.isGranted && words.voterTerm >= words.term) {
      this.#out.anomaly(`${from.node} in term ${words.voterTerm} would vote in term ${words.term}`)
    } else if (words.voterTerm > this.#hard.term) {
      this.noticeTerm(words.voterTerm)
    } else if (this.#role === 'pre-candidate' && words.term === this.#hard.term + 1) {
      this.#count(from, words.isGranted)
    }
  }

  #countVote(from: Sender, words: Extract<RaftWords, { kind: 'vote' }>): void {
    if (words.term > this.#hard.term) {
      // Who has begun anew does not know what it asked for before.
      if (words.isGranted && this.#config.incarnation === firstIncarnation)
        this.#out.anomaly(`${from.node} votes in term ${words.term}, for which we never asked`)
      this.noticeTerm(words.term)
    } else if (this.#role === 'candidate' && words.term === this.#hard.term) {
      this.#count(from, words.isGranted) // EL10
    }
  }

  /** MB6: only the word of a voter in its present life counts. */
  #count(from: Sender, isGranted: boolean): void {
    if (!this.#parts.log.members.isVoter(from.node, from.incarnation)) return
    this.#decide(this.#ballot.count(from.node, isGranted))
  }

  #decide(result: BallotResult): void {
    if (result === 'open') return
    if (result === 'lost') this.standDown('lost-majority')
    else if (this.#role === 'pre-candidate') this.#askForVotes('majority-would-vote')
    else this.#lead()
  }

  #lead(): void {
    this.#leader = this.#config.id
    this.#become('leader', 'majority-voted')
  }

  /** EL12: whoever is being removed may be the only one who knows of it, and then nobody else can win. */
  #mayStand(): boolean {
    const { log, committed } = this.#parts
    return this.#canWrite && log.members.isVoterSince(committed.index, this.#config)
  }

  #isAlone(): boolean {
    const { members } = this.#parts.log
    return members.voters.length === 1 && members.isVoter(this.#config.id, this.#config.incarnation)
  }

  #voter(): Voter {
    const isLed = this.#role === 'leader' || this.#leaderSilentTicks < this.#config.electionTicksMin
    return { hard: this.#hard, isLed, log: this.#parts.log }
  }

  #isFavoured(): boolean {
    return (this.#wish ?? this.#config.favourites[0]) === this.#config.id
  }

  #restartTimer(): void {
    this.#timer.restart()
    if (this.#leader === null && this.#isFavoured()) this.#timer.shorten()
  }

  #ownTerm(): RaftWords {
    return { kind: 'heartbeat-answer', term: this.#hard.term, round: 0, lastIndex: this.#parts.log.last.index }
  }

  #voteFor(candidate: NodeId, term: number): void {
    assert(term > this.#hard.term || this.#hard.votedFor === null, 'one vote in a term')
    this.#keep({ term, votedFor: candidate })
    this.#out.note({ kind: 'voted', for: candidate, term })
  }

  #keep(hard: HardState): void {
    assert(this.#canWrite, 'nothing is promised that cannot be kept')
    assert(hard.term >= this.#hard.term, 'terms never go back')
    this.#hard = hard
    this.#out.persistHard(hard)
  }

  #become(to: RaftRole, why: RaftWhy, about: ChangeAbout = nobody): void {
    this.#out.note({ kind: 'role-changed', from: this.#role, to, term: this.#hard.term, why, ...about })
    this.#role = to
  }
}

type ChangeAbout = Pick<Extract<RaftNote, { kind: 'role-changed' }>, 'leader' | 'silentTicks'>

const nobody: ChangeAbout = { leader: null, silentTicks: null }
