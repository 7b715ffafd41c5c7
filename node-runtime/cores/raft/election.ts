import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { termMax } from './codec.ts'
import { ElectionTimer } from './election-timer.ts'
import type { HardState, RaftConfig, RaftMessage, RaftNote, RaftRole, RaftView, RaftWhy } from './messages.ts'
import { Ballot, type BallotResult } from './quorum.ts'
import { Reign } from './reign.ts'
import type { StepOutput } from './step-output.ts'
import { mayVote, type Voter, wouldVote } from './voter.ts'

export interface ElectionParts {
  readonly random: Random
  readonly out: StepOutput
}

/** Who leads, and who may. The rules are those of SPEC.md; their numbers stand beside the lines that keep them. */
export class Election {
  readonly #config: RaftConfig
  readonly #peers: readonly NodeId[]
  readonly #timer: ElectionTimer
  readonly #out: StepOutput
  #hard: HardState
  #role: RaftRole = 'follower'
  #leader: NodeId | null = null
  /** Counts since a leader was last heard. Below the minimum election timeout this node takes the group as led. */
  #leaderSilentTicks: number
  #ballot: Ballot
  #reign: Reign
  #canWrite = true
  /** Where the last step that was performed left us. A step whose write failed is taken back to here. */
  #settled: { readonly hard: HardState; readonly role: RaftRole; readonly leader: NodeId | null }

  constructor(config: RaftConfig, restored: HardState | null, parts: ElectionParts) {
    this.#config = config
    this.#peers = config.members.filter((member) => member !== config.id)
    this.#timer = new ElectionTimer(config, parts.random)
    this.#out = parts.out
    this.#hard = restored ?? { term: 0, votedFor: null }
    // EL14: an earlier life may have heard a leader a moment before it ended. Who never had one owes nobody patience.
    this.#leaderSilentTicks = restored === null ? config.electionTicksMin : 0
    this.#ballot = new Ballot(config.members.length)
    this.#reign = new Reign(config, this.#peers, this.#hard.term)
    this.#settled = { hard: this.#hard, role: this.#role, leader: this.#leader }
  }

  get view(): RaftView {
    const isLeader = this.#role === 'leader'
    const isWaiting = !isLeader && this.#canWrite
    return {
      id: this.#config.id,
      role: this.#role,
      term: this.#hard.term,
      votedFor: this.#hard.votedFor,
      leader: this.#leader,
      members: this.#config.members,
      leaderHeardTicksAgo: this.#leader === null ? null : isLeader ? 0 : this.#leaderSilentTicks,
      answering: isLeader ? this.#reign.presentCount : null,
      electionTicksLeft: isWaiting ? this.#timer.ticksLeft : null,
      electionTicksOf: isWaiting ? this.#timer.ticksOf : null,
    }
  }

  /** What earlier steps gave out has been performed. */
  settle(): void {
    const { hard, role, leader } = this.#settled
    if (hard === this.#hard && role === this.#role && leader === this.#leader) return
    this.#settled = { hard: this.#hard, role: this.#role, leader: this.#leader }
  }

  tick(): void {
    if (this.#role === 'leader') {
      this.#tickAsLeader()
      return
    }
    this.#leaderSilentTicks += 1
    if (!this.#canWrite) return // EL15
    // EL12: who is alone has nobody to wait for.
    if (this.#timer.tick() || this.#peers.length === 0) this.#askForPreVotes()
  }

  receive(from: NodeId, message: RaftMessage): void {
    if (!this.#canWrite) {
      // EL15: what cannot be kept must not be promised, so nothing is answered and no newer term is taken up.
      if (message.kind === 'heartbeat' && message.term === this.#hard.term) this.#follow(from)
      return
    }
    switch (message.kind) {
      case 'pre-vote-request':
        this.#answerPreVote(from, message.term)
        break
      case 'pre-vote':
        this.#countPreVote(from, message)
        break
      case 'vote-request':
        this.#answerVote(from, message.term)
        break
      case 'vote':
        this.#countVote(from, message)
        break
      case 'heartbeat':
        this.#answerHeartbeat(from, message.term)
        break
      case 'heartbeat-answer':
        if (message.term > this.#hard.term) this.#adopt(message.term)
        else if (message.term === this.#hard.term && this.#role === 'leader') this.#reign.heard(from)
        break
      default:
        unreachable(message)
    }
  }

  cannotWrite(): void {
    const { hard, role, leader } = this.#settled
    this.#hard = hard
    this.#role = role
    this.#leader = leader
    this.#canWrite = false
    if (role === 'follower') return
    this.#standDown('cannot-write')
    this.#settled = { hard, role: 'follower', leader: null }
  }

  canWrite(): void {
    if (this.#canWrite) return
    this.#canWrite = true
    this.#timer.restart()
  }

  #answerPreVote(from: NodeId, askedTerm: number): void {
    const isGranted = wouldVote(this.#voter(), askedTerm)
    this.#out.send(from, { kind: 'pre-vote', term: askedTerm, isGranted, voterTerm: this.#hard.term })
  }

  #answerVote(from: NodeId, askedTerm: number): void {
    if (askedTerm > this.#hard.term) {
      if (this.#voter().isLed) return // EL6: not even the term is taken from one who would disturb a led group
      this.#adopt(askedTerm)
    }
    const isGranted = askedTerm === this.#hard.term && mayVote(this.#voter(), from)
    if (isGranted && this.#hard.votedFor === null) {
      this.#voteFor(from, askedTerm)
      this.#timer.restart() // EL9
    }
    this.#out.send(from, { kind: 'vote', term: this.#hard.term, isGranted })
  }

  #answerHeartbeat(from: NodeId, term: number): void {
    if (term > this.#hard.term) this.#adopt(term)
    // EL11: an answer goes out to an older term too. Without it a leader whom we have outrun would never learn that,
    // and we could never rejoin.
    const isWelcome = term < this.#hard.term || this.#follow(from)
    if (isWelcome) this.#out.send(from, { kind: 'heartbeat-answer', term: this.#hard.term })
  }

  /** Takes `from` as the leader of this term. False if that cannot be: the term has another leader already. */
  #follow(from: NodeId): boolean {
    if (this.#leader !== null && this.#leader !== from) {
      this.#out.anomaly(`${from} leads term ${this.#hard.term}, and so does ${this.#leader}`)
      return false
    }
    this.#leader = from
    this.#leaderSilentTicks = 0
    this.#timer.restart()
    if (this.#role !== 'follower') this.#become('follower', 'heard-leader', { leader: from, silentTicks: null })
    return true
  }

  /** EL2: a newer term ends whatever this node was in the old one. */
  #adopt(term: number): void {
    this.#keep({ term, votedFor: null })
    this.#standDown('saw-newer-term')
  }

  #standDown(why: RaftWhy): void {
    this.#leader = null
    if (this.#role === 'follower') return
    this.#timer.restart()
    this.#become('follower', why)
  }

  /** EL4 */
  #askForPreVotes(): void {
    const about = { leader: this.#leader, silentTicks: this.#leader === null ? null : this.#leaderSilentTicks }
    this.#out.note({ kind: 'timer', name: 'election', afterTicks: this.#timer.ticksOf })
    this.#leader = null
    this.#timer.restart() // EL8
    if (this.#hard.term >= termMax) {
      this.#out.anomaly(`term ${termMax} is the last: nobody can stand`)
      return
    }
    if (this.#role !== 'pre-candidate') this.#become('pre-candidate', 'heard-no-leader', about)
    this.#ask({ kind: 'pre-vote-request', term: this.#hard.term + 1 })
  }

  /** EL3, EL5 */
  #askForVotes(): void {
    this.#voteFor(this.#config.id, this.#hard.term + 1)
    this.#timer.restart()
    this.#become('candidate', 'majority-would-vote')
    this.#ask({ kind: 'vote-request', term: this.#hard.term })
  }

  #ask(message: RaftMessage): void {
    this.#ballot = new Ballot(this.#config.members.length)
    const result = this.#ballot.count(this.#config.id, true)
    if (result === 'open') this.#out.sendAll(this.#peers.map((to) => ({ to, message })))
    else this.#decide(result)
  }

  #countPreVote(from: NodeId, message: Extract<RaftMessage, { kind: 'pre-vote' }>): void {
    if (message.isGranted && message.voterTerm >= message.term) {
      this.#out.anomaly(`${from} in term ${message.voterTerm} would vote in term ${message.term}`)
    } else if (message.voterTerm > this.#hard.term) {
      this.#adopt(message.voterTerm)
    } else if (this.#role === 'pre-candidate' && message.term === this.#hard.term + 1) {
      this.#decide(this.#ballot.count(from, message.isGranted))
    }
  }

  #countVote(from: NodeId, message: Extract<RaftMessage, { kind: 'vote' }>): void {
    if (message.term > this.#hard.term) {
      if (message.isGranted) this.#out.anomaly(`${from} votes in term ${message.term}, for which we never asked`)
      this.#adopt(message.term)
    } else if (this.#role === 'candidate' && message.term === this.#hard.term) {
      this.#decide(this.#ballot.count(from, message.isGranted)) // EL10
    }
  }

  #decide(result: BallotResult): void {
    if (result === 'open') return
    if (result === 'lost') this.#standDown('lost-majority')
    else if (this.#role === 'pre-candidate') this.#askForVotes()
    else this.#lead()
  }

  #lead(): void {
    this.#leader = this.#config.id
    this.#reign = new Reign(this.#config, this.#peers, this.#hard.term)
    this.#become('leader', 'majority-voted')
    this.#sendHeartbeats()
  }

  #tickAsLeader(): void {
    const due = this.#reign.tick()
    if (due === 'heartbeat-due') this.#sendHeartbeats()
    if (due !== 'majority-lost') return
    // EL7
    this.#out.note({ kind: 'timer', name: 'check-quorum', afterTicks: this.#config.electionTicksMin })
    this.#standDown('no-majority-answered')
  }

  #sendHeartbeats(): void {
    this.#reign.spoke()
    if (this.#peers.length > 0) this.#out.sendAll(this.#reign.heartbeats)
  }

  #voter(): Voter {
    const isLed = this.#role === 'leader' || this.#leaderSilentTicks < this.#config.electionTicksMin
    return { hard: this.#hard, isLed }
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
    this.#out.persist(hard)
  }

  #become(to: RaftRole, why: RaftWhy, about: ChangeAbout = nobody): void {
    this.#out.note({ kind: 'role-changed', from: this.#role, to, term: this.#hard.term, why, ...about })
    this.#role = to
  }
}

type ChangeAbout = Pick<Extract<RaftNote, { kind: 'role-changed' }>, 'leader' | 'silentTicks'>

const nobody: ChangeAbout = { leader: null, silentTicks: null }
