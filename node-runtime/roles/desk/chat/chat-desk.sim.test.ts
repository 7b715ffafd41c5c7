import { describe, expect, it } from 'vitest'
import { DeskChaos } from './testing/desk-chaos.ts'

/** `COLMEIA_KILLS=1000` for the long one. */
const kills = Number(process.env.COLMEIA_KILLS ?? 40)
const seeds = ['one', 'two', 'three']

describe.each(['leader', 'everyone'] as const)('people of a chat with the profile %s', (profile) => {
  it.each(seeds)(`lose and double nothing in ${kills} kills, seed %s, and windows show what there is`, (seed) => {
    const { wrong, killed, said } = new DeskChaos(seed, profile).play(kills)
    expect(wrong).toEqual([])
    expect(said).toBeGreaterThan(kills)
    // Whatever can die has died.
    expect([...killed].toSorted()).toEqual(['bot', 'broker', 'desk', 'proxy', 'reference', 'server'])
  })
})
