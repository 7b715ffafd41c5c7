import { describe, expect, it } from 'vitest'
import { tickMs } from '../testing/virtual-hosts.ts'
import { cosigningLimits } from './cosigning.ts'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

describe('co-signing', () => {
  it('rests between checkpoints while registrations come without end, and reaches the last of them', () => {
    const notary = new VirtualNotary()
    const leader = notary.untilLed()
    notary.untilWitnessed(1)
    const sizes = new Set<number>()
    const rounds = 20
    const slices = 100
    for (let slice = 0; slice < slices; slice += 1) {
      notary.register(leader, [textOf(`document ${slice}`)])
      notary.hosts.run((rounds * cosigningLimits.restTicks * tickMs) / slices)
      sizes.add(notary.service(leader).witnessed!.size)
    }
    // What is asked for again meanwhile may add a few.
    expect(sizes.size).toBeGreaterThan(rounds / 2)
    expect(sizes.size).toBeLessThan(rounds * 1.5)
    notary.untilWitnessed(slices + 1)
  })
})
