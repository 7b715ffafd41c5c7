import { ByteWriter } from '#kit/bytes'
import type { Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import type { Examiner } from './examiner.ts'
import { ownSpace, readOwn, written } from './own-space.ts'

export interface HealingParts {
  readonly examiner: Pick<Examiner, 'view' | 'isLesson' | 'start' | 'soundSize'>
  /** How many records this copy has. */
  readonly size: () => number
  /** Whether the others could go on without this copy at all: of fewer than three voters they never can. */
  readonly couldBeSpared: () => boolean
  /** Whether the others have all that this copy should be, have just seen that it is sound so far, and go on without it. */
  readonly canBeSpared: (size: number) => boolean
  /** Whether this peer has a copy that the group counts on. */
  readonly isBack: () => boolean
  readonly repair: (done: (result: Result<null>) => void) => void
  readonly clock: Clock
  readonly store: Store
}

export const healingLimits = {
  /** For so long what was found can be looked at before it is gone. */
  waitTicks: 80,
  /** Where it was not to be; it may be a moment later. */
  againTicks: 200,
  /** A copy that is wrong again so soon is no accident: it waits for somebody, and does not go round in circles. */
  restMs: 10 * 60_000,
} as const

const healedKey = 'healed'

/** Takes a copy that turned out wrong anew from the others, without being asked. A lesson waits for whoever gave it. */
export class Healing {
  readonly #parts: HealingParts
  #healedWallMs: number | null
  #ticks = 0
  #isUnderWay = false
  /** As of when it began to wait. What comes later was committed by others who are well. */
  #wantedSize = 0
  #isToBeExamined: boolean

  constructor(parts: HealingParts) {
    this.#parts = parts
    this.#healedWallMs = readOwn(parts.store, healedKey, (reader) => reader.number())
    // The life before may have ended between the two.
    this.#isToBeExamined = this.#isResting
  }

  /** false: it waits for somebody. */
  get isComing(): boolean {
    const { examiner, couldBeSpared } = this.#parts
    return examiner.view.kind === 'broken' && !examiner.isLesson && !this.#isResting && couldBeSpared()
  }

  /** So far the others are to compute their copies anew before this one is thrown away; 0: nobody has to. */
  get wantedSize(): number {
    return this.#wantedSize
  }

  tick(): void {
    const { canBeSpared, repair, size } = this.#parts
    this.#examineNewCopy()
    if (this.#isUnderWay) return
    if (!this.isComing) {
      this.#ticks = 0
      this.#wantedSize = 0
      return
    }
    if (this.#ticks === 0) this.#wantedSize = Math.max(1, size())
    this.#ticks += 1
    if (this.#ticks < healingLimits.waitTicks || !canBeSpared(this.#wantedSize)) return
    this.#ticks = healingLimits.waitTicks - healingLimits.againTicks
    this.#isUnderWay = true
    repair((result) => {
      this.#isUnderWay = false
      if (result.ok) this.#remember()
      this.#isToBeExamined = result.ok
    })
  }

  /** Where somebody wants to know of another copy, this one is computed anew, unless it was a moment ago. */
  vouchFor(size: number): void {
    const { examiner, isBack } = this.#parts
    const isDue = size > examiner.soundSize && size <= this.#parts.size() && isBack()
    if (isDue && examiner.view.kind !== 'broken') examiner.start()
  }

  /** What others gave is believed no more than what was there before. */
  #examineNewCopy(): void {
    const { examiner, isBack, size } = this.#parts
    if (!this.#isToBeExamined || !isBack() || size() === 0) return
    this.#isToBeExamined = false
    if (examiner.view.kind !== 'broken') examiner.start()
  }

  get #isResting(): boolean {
    const last = this.#healedWallMs
    // Also of a clock that was set back.
    return last !== null && Math.abs(this.#parts.clock.wall() - last) < healingLimits.restMs
  }

  /** A disk that does not take it forgets it at the next start, no sooner. */
  #remember(): void {
    const wallMs = Math.round(this.#parts.clock.wall())
    this.#healedWallMs = wallMs
    written(this.#parts.store, (tx) => tx.put(ownSpace, healedKey, new ByteWriter().number(wallMs).done()))
  }
}
