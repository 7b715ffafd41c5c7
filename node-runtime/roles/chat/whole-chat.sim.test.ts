import { expect, it } from 'vitest'
import { ChatChaos } from './testing/chat-chaos.ts'

const seeds = 5
const killsPerSeed = 20

it('nothing acknowledged is missing, nothing is doubled, and all servers agree, whoever is killed', () => {
  const met = new Set<string>()
  let [native, foreign] = [0, 0]
  for (let seed = 0; seed < seeds; seed += 1) {
    const end = new ChatChaos(`chat chaos ${seed}`).play(killsPerSeed)
    expect(end.wrong, `seed ${seed}`).toEqual([])
    for (const kind of end.troubles.keys()) met.add(kind)
    native += end.native
    foreign += end.foreign
  }
  expect([...met].toSorted()).toEqual(['bot', 'broker', 'cut', 'leader', 'proxy', 'reference', 'server'])
  expect(native).toBeGreaterThan(seeds * 100)
  expect(foreign).toBeGreaterThan(seeds * 10)
})
