import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { plainSha256 as sha256 } from '#kit/sha256'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { parseNote } from './signed-note.ts'
import { cosign, signAsLog } from './signing.ts'
import { atSeconds, madeNotary } from './testing/made-notary.ts'
import { witnessedNote } from './witnessed-note.ts'

const root = sha256(encodeText('root'))
const text = formatCheckpoint({ origin: 'a.example/log', size: 20_852_163, root })

describe('RC23 checkpoints', () => {
  it('go there and back', () => {
    expect(text).toBe('a.example/log\n20852163\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n')
    expect(parseCheckpoint(text)).toEqual({ origin: 'a.example/log', size: 20_852_163, root })
  })

  it.each([
    ['nothing', ''],
    ['no origin', text.replace('a.example/log', '')],
    ['no newline at the end', text.slice(0, -1)],
    ['a line of its own', `${text}more\n`],
    ['an empty line', `${text}\n`],
    ['a size with a zero before it', text.replace('2085', '02085')],
    ['a size that cannot be counted', text.replace('20852163', '9007199254740992')],
    ['a negative size', text.replace('2085', '-2085')],
    ['half a root', text.replace('SBNJ', '')],
  ])('are not: %s', (_, wrong) => expect(parseCheckpoint(wrong)).toBeNull())

  it('are read from anything', () => {
    fc.assert(fc.property(fc.string(), (any) => parseCheckpoint(any) === null))
  })
})

describe('RC41 the note for receipts', () => {
  const { log, witnesses } = madeNotary(5)
  const keys = witnesses.map(({ key }) => key)
  const lines = witnesses.map(({ key, sign }) => cosign({ key, sign, text, atSeconds }))
  const signed = signAsLog(log.key, log.sign, text)
  const noteWith = (cosignatures: typeof lines, members = keys.length) =>
    witnessedNote({ text, log: signed, cosignatures, witnesses: keys, members })

  it('waits for a majority', () => {
    for (let count = 0; count <= 5; count += 1) expect(noteWith(lines.slice(0, count)) !== null).toBe(count >= 3)
  })

  it('waits for a majority of all members, where two have not told their keys', () => {
    for (let count = 0; count <= 5; count += 1) expect(noteWith(lines.slice(0, count), 7) !== null).toBe(count >= 4)
  })

  it('has no more of them, in the order of the list, however they came in', () => {
    const expected = [log.key.name, ...keys.slice(0, 3).map(({ name }) => name)]
    for (const some of [lines, lines.toReversed(), [...lines, ...lines]]) {
      expect(parseNote(noteWith(some) ?? '')?.signatures.map(({ name }) => name)).toEqual(expected)
    }
  })

  it('counts nobody who is not on the list, and nobody twice', () => {
    const strangers = madeNotary(3, 'b.example', 7).witnesses.map(({ key, sign }) =>
      cosign({ key, sign, text, atSeconds }),
    )
    expect(noteWith([...lines.slice(0, 2), ...lines.slice(0, 2), ...strangers])).toBeNull()
  })
})
