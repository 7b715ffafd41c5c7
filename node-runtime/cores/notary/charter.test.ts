import { beforeEach, describe, expect, it } from 'vitest'
import { ByteWriter } from '#kit/bytes'
import { decodeNotaryCommand, encodeNotaryCommand } from './index.ts'
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
const setSome = (members: number, ...names: string[]) =>
  notary.apply({ kind: 'witnesses', witnesses: list(...names), members })
const setWitnesses = (...names: string[]) => setSome(names.length, ...names)
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
  it('judge what is larger than the size at which they were named, the first list that size too', () => {
    expect(namesAt(1)).toBe('')
    notary.fill(4)
    setWitnesses('a', 'b')
    notary.fill(5)
    setWitnesses('b', 'c')
    notary.fill(1)
    setWitnesses('d')
    expect([4, 5, 9, 10, 11, 999].map(namesAt)).toEqual(['', 'a b', 'a b', 'a b', 'b c', 'd'])
    expect(notary.ask({ kind: 'status' }).witnesses).toEqual(list('d'))
  })

  it('leave the present size to the list that judged it, even when they are changed again there', () => {
    setWitnesses('a')
    setWitnesses('b')
    setWitnesses('c')
    expect(notary.ask({ kind: 'status' }).witnesses).toEqual(list('c'))
    notary.fill(3)
    expect([1, 2, 4].map(namesAt)).toEqual(['a', 'c', 'c'])
    expect(notary.state.spaces.get('witnesses')?.size).toBe(2)
  })

  it('are not listed again when they are in force', () => {
    setWitnesses('a')
    setWitnesses('b')
    const { writes } = notary.state
    setWitnesses('b')
    expect(notary.state.writes).toBe(writes)
  })

  it('are found among many lists', () => {
    for (let at = 0; at < 40; at += 1) {
      setWitnesses(`w${at}`)
      notary.fill(2)
    }
    expect(namesAt(1)).toBe('w0')
    for (let at = 0; at < 40; at += 1) expect([namesAt(2 * at + 2), namesAt(2 * at + 3)]).toEqual([`w${at}`, `w${at}`])
  })

  it('count among all members, also among those who have not told their keys, and are listed anew with each of these', () => {
    setSome(7, 'a', 'b', 'c', 'd', 'e')
    expect(notary.ask({ kind: 'witnesses', size: 1 })).toEqual({ witnesses: list('a', 'b', 'c', 'd', 'e'), members: 7 })
    setSome(5, 'a', 'b', 'c', 'd', 'e')
    expect(notary.ask({ kind: 'status' })).toMatchObject({ witnesses: list('a', 'b', 'c', 'd', 'e'), members: 5 })
    setSome(7, 'a', 'b', 'c', 'd', 'e', 'f')
    notary.fill(1)
    expect(namesAt(2)).toBe('a b c d e f')
    expect(notary.ask({ kind: 'witnesses', size: 1 })).toMatchObject({ members: 7 })
  })

  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 2],
    [7, 3],
    [2, 3],
    [0, 0],
  ])('are refused when of %d members %d are known: no majority could sign', (members, known) => {
    const names = Array.from({ length: known }, (_, at) => `w${at}`)
    expect(setSome(members, ...names)).toEqual({ kind: 'refused' })
    expect(notary.state.writes).toBe(0)
  })

  it('stand in the log and in the state as they did before there were members without keys', () => {
    const bytes = new ByteWriter().byte(2).uint32(2).text('a').text('a+1+AA').text('b').text('b+1+AA').done()
    const witnesses = ['a', 'b'].map((name) => ({ name, key: `${name}+1+AA` }))
    expect(encodeNotaryCommand({ kind: 'witnesses', witnesses, members: 2 })).toEqual(bytes)
    expect(decodeNotaryCommand(bytes)).toEqual({ kind: 'witnesses', witnesses, members: 2 })
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
