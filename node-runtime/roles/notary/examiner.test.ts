import { expect, it } from 'vitest'
import type { ExaminedSoFar, NotaryQuery } from '#cores/notary/messages'
import { VirtualClock } from '#sim/virtual-clock'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { Examiner, examinerLimits } from './examiner.ts'
import type { Look } from './proven.ts'

it('begins anew when a lesson begins meanwhile: what it has passed may be what is changed', () => {
  const clock = new VirtualClock(0, 0)
  const asked: (ExaminedSoFar | null)[] = []
  const look = (query: NotaryQuery) => {
    if (query.kind !== 'examine') return { size: 9 }
    asked.push(query.after)
    // Each look takes all the time of a tick.
    clock.advanceTo(clock.now() + examinerLimits.msPerTick)
    return { kind: 'sound-so-far', soFar: { index: asked.length, previousHash: '0', peaks: [] } }
  }
  const store = new VirtualStore(new VirtualDisk())
  const examiner = new Examiner({ look: look as unknown as Look, clock, store, onBroken: () => {} }) // only these are asked
  examiner.start()
  examiner.tick()
  examiner.tick()
  expect(asked.map((after) => after?.index ?? null)).toEqual([null, 1])
  expect(examiner.beginLesson()).toBe(true)
  examiner.tick()
  expect(asked.at(-1)).toBeNull()
})
