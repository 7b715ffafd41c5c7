import { afterEach, expect, it } from 'vitest'
import { pidOf } from './testing/real-lab.ts'
import { openRingLab, type RingLab } from './testing/ring-lab.ts'

let ring: RingLab
afterEach(() => ring.close())

it('real ring peers form one ring, outlive kill -9 of their leader, and give it back what it missed', async () => {
  ring = await openRingLab(3)
  const { ids, lab } = ring
  const leader = await ring.ledBy(ids)
  const said: (string | null)[] = []
  for (const id of ids) said.push(await ring.say(id, `from ${id}`))
  expect((await ring.equal(ids)).toSorted()).toEqual(said.toSorted())

  const killed = pidOf(leader)
  const living = ids.filter((id) => id !== leader.id)
  expect(lab.supervisor.inject({ kind: 'kill', node: leader.id }, null)).toMatchObject({ ok: true })
  const next = await ring.ledBy(living)
  expect(lab.livePids()).not.toContain(killed)
  const missed = await ring.say(next.id, 'it goes on')
  expect(await ring.equal(living)).toContain(missed)

  expect(lab.supervisor.clearAll()).toMatchObject({ ok: true })
  await ring.ledBy(ids)
  const last = await ring.say(leader.id, 'back again')
  expect((await ring.equal(ids)).toSorted()).toEqual([...said, missed, last].toSorted())
})
