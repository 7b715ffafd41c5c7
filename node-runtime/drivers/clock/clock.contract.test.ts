import { describe, expect, it } from 'vitest'
import { clockSuite } from '#ports/testing/clock-suite'
import { openClock } from './index.ts'

async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setImmediate(resolve))
}

clockSuite('system', () => {
  const clock = openClock()
  return { clock, until, setSkew: (ms) => clock.setSkew(ms) }
})

describe('the system clock alone', () => {
  it('shows the wall time of this machine', () => {
    const before = Date.now()
    const shown = openClock().wall()
    expect(shown).toBeGreaterThanOrEqual(before)
    expect(shown).toBeLessThanOrEqual(Date.now())
  })

  it('does not make up for beats that a busy process has missed', async () => {
    const clock = openClock()
    let beats = 0
    const stop = clock.every(5, () => {
      beats += 1
    })
    await until(() => beats > 0)
    const beatsBefore = beats
    const busyUntil = performance.now() + 100
    while (performance.now() < busyUntil); // nothing else can run meanwhile
    const beatsAfterBusy = await new Promise<number>((resolve) => setImmediate(() => resolve(beats)))
    await stop()
    expect(beatsAfterBusy - beatsBefore).toBeLessThanOrEqual(2)
  })

  it('skews one clock and no other', () => {
    const [one, other] = [openClock(), openClock()]
    one.setSkew(60_000)
    expect(one.wall() - other.wall()).toBeGreaterThan(50_000)
  })
})
