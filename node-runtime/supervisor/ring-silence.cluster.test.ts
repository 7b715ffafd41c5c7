import { afterEach, expect, it } from 'vitest'
import { pidOf } from './testing/real-lab.ts'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

let ring: RingLab
const stopped = new Set<number>()
afterEach(async () => {
  for (const pid of stopped) process.kill(pid, 'SIGCONT')
  stopped.clear()
  await ring.close()
})

/** What roles/ring/timing.test.ts counts in ticks, `npm run bench -- ring` measures; here it has to happen at all. */
it('a leader and its next that are stopped together, and refuse nothing, are gone over, and are back when they go on', async () => {
  ring = await openRingLab(5)
  const leader = await ring.ledBy(ring.ids)
  const [first, second] = ring.facts(leader.id)?.members ?? []
  const silent = [first?.node, second?.node].flatMap((node) => node ?? [])
  const living = ring.ids.filter((id) => !silent.includes(id))
  const before = await ring.say(leader.id, 'before')
  await ring.equal(ring.ids)
  for (const id of silent) {
    const pid = pidOf(ring.lab.node(id))
    process.kill(pid, 'SIGSTOP')
    stopped.add(pid)
  }
  const next = await ring.ledBy(living)
  const meanwhile = await ring.say(next.id, 'meanwhile')
  expect(await ring.equal(living)).toEqual([meanwhile, before])

  for (const pid of stopped) process.kill(pid, 'SIGCONT')
  stopped.clear()
  await ring.ledBy(ring.ids)
  expect(await ring.equal(ring.ids)).toEqual([meanwhile, before])
}, 60_000)
