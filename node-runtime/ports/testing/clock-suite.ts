import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '#ports/clock'

export interface ClockHome {
  readonly clock: Clock
  /** Lets the world go on until the claim holds; fails when it does not come to hold. */
  until(claim: () => boolean): void | Promise<void>
  setSkew(ms: number): void
}

/** What every home of the Clock port promises. */
export function clockSuite(name: string, openHome: () => ClockHome): void {
  describe(`${name} clock`, () => {
    let home: ClockHome
    let clock: Clock
    const stops: (() => void | Promise<void>)[] = []

    beforeEach(() => {
      home = openHome()
      clock = home.clock
    })

    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop()
    })

    /** Counts how often its work was done. */
    function counter(start: (work: () => void) => () => void | Promise<void>) {
      const counted = { count: 0, stop: (): void | Promise<void> => undefined }
      counted.stop = start(() => {
        counted.count += 1
      })
      stops.push(counted.stop)
      return counted
    }

    it('does work once, not before its time', async () => {
      const startMs = clock.now()
      let doneMs = Number.NaN
      const once = counter((work) =>
        clock.after(20, () => {
          doneMs = clock.now()
          work()
        }),
      )
      expect(once.count).toBe(0)
      await home.until(() => once.count > 0)
      // A timer of a real machine may be a part of a millisecond early by its own clock.
      expect(doneMs - startMs).toBeGreaterThanOrEqual(19)
      const later = counter((work) => clock.after(20, work))
      await home.until(() => later.count > 0)
      expect(once.count).toBe(1)
    })

    it('does the earlier work first, whatever was asked first', async () => {
      const order: string[] = []
      stops.push(clock.after(40, () => void order.push('late')))
      stops.push(clock.after(5, () => void order.push('early')))
      await home.until(() => order.length === 2)
      expect(order).toEqual(['early', 'late'])
    })

    it('does work again and again until it is stopped, also when stopped from within', async () => {
      const beat = counter((work) => clock.every(5, work))
      await home.until(() => beat.count >= 3)
      await beat.stop()
      const stoppedAt = beat.count
      const selfStopped = counter((work) => {
        const stop = clock.every(5, () => {
          work()
          if (selfStopped.count === 2) void stop()
        })
        return stop
      })
      const witness = counter((work) => clock.every(5, work))
      await home.until(() => witness.count >= 6)
      expect(beat.count).toBe(stoppedAt)
      expect(selfStopped.count).toBe(2)
    })

    it('does nothing that was stopped before its time, and stopping twice is harmless', async () => {
      const never = counter((work) => clock.after(5, work))
      await never.stop()
      await never.stop()
      const witness = counter((work) => clock.after(30, work))
      await home.until(() => witness.count > 0)
      await witness.stop()
      expect(never.count).toBe(0)
    })

    it('goes forward only, and by as much for those who measure as for those who wait', async () => {
      const readings = [clock.now()]
      const beat = counter((work) => clock.every(1, work))
      await home.until(() => {
        readings.push(clock.now())
        return beat.count >= 10
      })
      expect(readings).toEqual([...readings].sort((left, right) => left - right))
    })

    it('moves its wall time by the skew and nothing else', async () => {
      const day = 86_400_000
      const before = { now: clock.now(), wall: clock.wall() }
      home.setSkew(-day)
      expect(clock.wall()).toBeLessThan(before.wall)
      expect(clock.now()).toBeGreaterThanOrEqual(before.now)
      const due = counter((work) => clock.after(5, work))
      await home.until(() => due.count > 0)
      home.setSkew(day)
      expect(clock.wall()).toBeGreaterThanOrEqual(before.wall + day)
      home.setSkew(0)
      expect(clock.wall()).toBeLessThan(before.wall + day)
    })
  })
}
