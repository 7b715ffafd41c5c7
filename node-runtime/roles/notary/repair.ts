import { fail, ok, type Result } from '#kit/result'
import type { Replica } from '../replica/replica.ts'

export const repairLimits = {
  /** A leader lets another lead first. Within what a request over the pipe may take. */
  ticksMax: 120,
} as const

/** Throws this peer's copy away and takes it anew from the others, who see a member that has lost its disk. */
export class Repair {
  readonly #replica: Replica
  readonly #onForgotten: () => void
  #underWay: { ticksLeft: number; readonly done: (result: Result<null>) => void } | null = null

  constructor(replica: Replica, onForgotten: () => void) {
    this.#replica = replica
    this.#onForgotten = onForgotten
  }

  start(done: (result: Result<null>) => void): void {
    if (this.#underWay !== null) return done(fail('busy', 'a repair is under way'))
    this.#underWay = { ticksLeft: repairLimits.ticksMax, done }
    letAnotherLead(this.#replica)
  }

  tick(): void {
    const underWay = this.#underWay
    if (underWay === null) return
    underWay.ticksLeft -= 1
    const begun = this.#replica.beginAnew()
    if (!begun.ok && underWay.ticksLeft > 0) return
    this.#underWay = null
    if (begun.ok) this.#onForgotten()
    underWay.done(begun.ok ? ok(null) : begun)
  }
}

/** The voter that has most of the log. Nothing happens at who does not lead, or where there is nobody to lead. */
export function letAnotherLead(replica: Replica): void {
  const { role, progress } = replica.view
  if (role !== 'leader') return
  const [next] = progress
    .filter(({ isVoter, isPresent }) => isVoter && isPresent)
    .toSorted((one, other) => other.matchIndex - one.matchIndex)
  if (next !== undefined) replica.handOver(next.peer)
}
