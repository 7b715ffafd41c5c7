import { beforeEach, describe, expect, it } from 'vitest'
import { notaryLimits, type Witness } from './messages.ts'
import { OneNotary } from './testing/one-notary.ts'

let notary: OneNotary

beforeEach(() => {
  notary = new OneNotary()
})

const founding = {
  kind: 'found',
  origin: 'colmeia.local/lab/notary',
  logKey: 'colmeia.local/lab/notary+1a2b3c4d+AQ==',
} as const
const list = (...names: string[]): Witness[] => names.map((name) => ({ name, key: `${name}+00000000+BA==` }))
const setWitnesses = (...names: string[]) => notary.apply({ kind: 'witnesses', witnesses: list(...names) })
const namesAt = (size: number) =>
  notary
    .ask({ kind: 'witnesses', size })
    .witnesses.map(({ name }) => name)
    .join(' ')

describe('NT9 the founding', () => {
  it('is the first one, for ever', () => {
    expect(notary.apply(founding)).toEqual({ kind: 'done' })
    const { origin, logKey, size } = notary.ask({ kind: 'status' })
    expect({ origin, logKey, size }).toEqual({ origin: founding.origin, logKey: founding.logKey, size: 1 })
    expect(notary.apply(founding)).toEqual({ kind: 'done' })
    expect(notary.apply({ ...founding, logKey: 'other' })).toEqual({ kind: 'refused' })
    expect(notary.apply({ ...founding, origin: 'other' })).toEqual({ kind: 'refused' })
    expect(notary.ask({ kind: 'status' })).toMatchObject({ origin: founding.origin, logKey: founding.logKey })
  })

  it.each([
    { origin: '' },
    { origin: 'a b' },
    { origin: 'a+b' },
    { origin: 'a\nb' },
    { origin: 'a'.repeat(notaryLimits.originBytesMax + 1) },
    { logKey: '' },
    { logKey: 'a b' },
    { logKey: 'a'.repeat(1_000) },
  ])('is refused with %o, and changes nothing', (wrong) => {
    expect(notary.apply({ ...founding, ...wrong })).toEqual({ kind: 'refused' })
    expect(notary.state.writes).toBe(0)
  })
})

describe('NT10 witnesses', () => {
  it('judge checkpoints from the size on at which they were named', () => {
    expect(namesAt(1)).toBe('')
    notary.fill(4)
    setWitnesses('a', 'b')
    notary.fill(5)
    setWitnesses('b', 'c')
    notary.fill(1)
    setWitnesses('d')
    expect([4, 5, 9, 10, 11, 999].map(namesAt)).toEqual(['', 'a b', 'a b', 'b c', 'd', 'd'])
    expect(notary.ask({ kind: 'status' }).witnesses).toEqual(list('d'))
  })

  it('are the later list of two at one size, and a list that is in force is not listed again', () => {
    setWitnesses('a')
    setWitnesses('b')
    notary.fill(3)
    const { writes } = notary.state
    setWitnesses('b')
    expect(notary.state.writes).toBe(writes)
    expect([1, 4].map(namesAt)).toEqual(['b', 'b'])
    expect(notary.state.spaces.get('witnesses')?.size).toBe(1)
  })

  it('are found among many lists', () => {
    for (let at = 0; at < 40; at += 1) {
      setWitnesses(`w${at}`)
      notary.fill(2)
    }
    for (let at = 0; at < 40; at += 1) expect([namesAt(2 * at + 1), namesAt(2 * at + 2)]).toEqual([`w${at}`, `w${at}`])
  })

  it.each([
    ['too many', Array.from({ length: notaryLimits.witnessesMax + 1 }, (_, at) => `w${at}`)],
    ['one twice', ['a', 'a']],
    ['no name', ['']],
    ['a name that is none', ['a b']],
  ])('are refused when there are %s', (_, names) => {
    expect(setWitnesses(...names)).toEqual({ kind: 'refused' })
    expect(notary.state.writes).toBe(0)
  })
})
