import type { Clock } from '#ports/clock'

/** What is to be done after the present callback: done right after it, before anything else happens. */
export class Later {
  #work: (() => void)[] = []

  readonly soon = (work: () => void): void => {
    this.#work.push(work)
  }

  /** At the end of every callback. */
  finish(): void {
    while (this.#work.length > 0) {
      const due = this.#work
      this.#work = []
      for (const work of due) work()
    }
  }

  /** A clock whose beats are such callbacks. */
  clockOf(clock: Clock): Clock {
    const finishing = (work: () => void) => () => {
      work()
      this.finish()
    }
    return {
      now: () => clock.now(),
      wall: () => clock.wall(),
      every: (everyMs, work) => clock.every(everyMs, finishing(work)),
      after: (delayMs, work) => clock.after(delayMs, finishing(work)),
    }
  }
}
