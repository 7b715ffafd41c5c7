import { fail, type Result } from '#kit/result'
import type { ProposalAnswer, ReplicatedLog } from '#ports/replicated-log'

export interface LanesParts {
  readonly log: Pick<ReplicatedLog, 'openSession' | 'propose'>
  /** Sessions, and so commands under way at once. They are opened when they are needed first. */
  readonly lanesMax: number
  /** Commands that wait for a lane. Past that: busy. */
  readonly waitingMax: number
  readonly soon: (work: () => void) => void
}

interface Job {
  readonly command: Uint8Array
  readonly done: (result: Result<ProposalAnswer>) => void
  /** It has lost its session once before it began. A second time it is told so. */
  hasMoved: boolean
}

interface Lane {
  session: number | null
  /** The last number that was used. */
  number: number
}

/** A session has one command under way at a time; with many sessions many are. Commands of different lanes overtake each other. */
export class Lanes {
  readonly #parts: LanesParts
  readonly #idle: Lane[] = []
  readonly #waiting: Job[] = []
  #count = 0

  constructor(parts: LanesParts) {
    this.#parts = parts
  }

  propose(command: Uint8Array, done: (result: Result<ProposalAnswer>) => void): void {
    const job: Job = { command, done, hasMoved: false }
    const lane = this.#idle.pop() ?? this.#newLane()
    if (lane !== null) return this.#run(lane, job)
    if (this.#waiting.length < this.#parts.waitingMax) return void this.#waiting.push(job)
    this.#parts.soon(() => done(fail('busy', 'every lane is in use')))
  }

  #newLane(): Lane | null {
    if (this.#count >= this.#parts.lanesMax) return null
    this.#count += 1
    return { session: null, number: 0 }
  }

  #run(lane: Lane, job: Job): void {
    const { log } = this.#parts
    if (lane.session === null) {
      log.openSession((opened) => {
        if (!opened.ok) return this.#finish(lane, job, neverSent(opened))
        lane.session = opened.value
        lane.number = 0
        this.#run(lane, job)
      })
      return
    }
    lane.number += 1
    log.propose({ session: lane.session, number: lane.number }, job.command, (result) => {
      if (result.ok || result.failure.code !== 'session-expired') return this.#finish(lane, job, result)
      lane.session = null
      // Definite: it was not executed, and may be under another session.
      if (job.hasMoved) return this.#finish(lane, job, result)
      job.hasMoved = true
      this.#run(lane, job)
    })
  }

  #finish(lane: Lane, job: Job, result: Result<ProposalAnswer>): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(lane)
    else this.#run(lane, next)
    job.done(result)
  }
}

/** Nobody knows whether the session was opened, but its first command certainly was not executed. */
function neverSent(opened: Extract<Result<number>, { readonly ok: false }>): Result<never> {
  const { code, message } = opened.failure
  return code === 'timed-out' ? fail('busy', `no session was to be had: ${message}`) : opened
}
