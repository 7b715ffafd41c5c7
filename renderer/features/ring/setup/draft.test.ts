import { describe, expect, it } from 'vitest'
import type { RingSettings } from '#contract/window/ring'
import { changeOf, draftOf, flawsOf } from './draft.ts'

const settings: RingSettings = {
  names: ['Ana', 'Bia'],
  reach: 'loopback',
  interface: null,
  textsFrom: 'this-machine',
  timing: 'demo',
  key: 'lab',
}
const draft = draftOf(settings)

describe('a draft of the set-up', () => {
  it('asks for nothing but what is another', () => {
    expect(changeOf(settings, draft)).toBeNull()
    expect(changeOf(settings, { ...draft, reach: 'lan', names: ['Ana', ' Bia '] })).toEqual({ reach: 'lan' })
    expect(changeOf(settings, { ...draft, keyChoice: 'invented' })).toEqual({ key: { from: 'invented' } })
    expect(changeOf(settings, { ...draft, names: ['Ana', 'Bia', 'Caio'] })).toEqual({ names: ['Ana', 'Bia', 'Caio'] })
  })

  it('says what would be refused', () => {
    expect(flawsOf(draft)).toEqual([])
    expect(flawsOf({ ...draft, names: ['Ana', ' '] })).toEqual(['name'])
    expect(flawsOf({ ...draft, names: ['Ana|Bia', 'Caio'] })).toEqual(['name'])
    expect(flawsOf({ ...draft, names: ['Ana', 'Ana '] })).toEqual(['same-name'])
    expect(flawsOf({ ...draft, keyChoice: 'phrase', phrase: 'too short' })).toEqual(['phrase'])
  })
})
