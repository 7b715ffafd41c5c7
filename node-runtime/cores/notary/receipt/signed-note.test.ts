import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainSha256 as sha256 } from '#kit/sha256'
import { formatNote, noteLimits, parseNote } from './signed-note.ts'
import { cosign, judgeSignature, openNote, signAsLog } from './signing.ts'
import { atSeconds, madeKey, sums } from './testing/made-notary.ts'
import { parseVerifierKey } from './verifier-key.ts'

const foo = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', sha256)!
const line =
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM='
const text = 'This is an example message.\n'
const vector = `${text}\n${line}\n`

const log = madeKey('a.example/log', 'log', 1)
const witness = madeKey('a.example/witness', 'witness', 2)
const both = formatNote({
  text,
  signatures: [signAsLog(log.key, log.sign, text), cosign({ ...witness, text, atSeconds })],
})

describe('RC21 signed notes', () => {
  it('hold the vector of C2SP', () => {
    const note = parseNote(vector)!
    expect(note.text).toBe(text)
    expect(formatNote(note)).toBe(vector)
    expect(openNote(note, [foo], sums)).toMatchObject({ kind: 'open', good: [{ key: foo }], unknown: [] })
  })

  it.each([
    ['nothing', ''],
    ['no signature', text],
    ['no signature below the empty line', `${text}\n`],
    ['no newline at the end', vector.slice(0, -1)],
    ['an empty line at the end', `${vector}\n`],
    ['no empty line', `${text}${line}\n`],
    ['another dash', vector.replace('—', '-')],
    ['a space too many', vector.replace('— ', '—  ')],
    ['a carriage return', vector.replaceAll('\n', '\r\n')],
    ['a tab', vector.replace('This is', 'This\tis')],
    ['half a letter', vector.replace('This', '\ud800')],
    ['base64 that means the same', vector.replace('yaQM=', 'yaQN=')],
    ['a plus in the name', vector.replace('com/foo', 'com+foo')],
    ['no more than a key id', vector.replace(/Uw2Q.*$/m, 'Uw2QOg==')],
    ['a line twice', `${vector}${line}\n`],
    [
      'too many signatures',
      `${text}\n${Array.from({ length: 33 }, (_, i) => `${line.replace('foo', `f${i}`)}\n`).join('')}`,
    ],
    ['too long a text', `${'x'.repeat(noteLimits.charsMax)}\n${vector}`],
  ])('are not: %s', (_, note) => expect(parseNote(note)).toBeNull())

  it('take sixteen signatures, as C2SP demands', () => {
    const many = Array.from({ length: 16 }, (_, index) => `${line.replace('foo', `foo${index}`)}\n`).join('')
    expect(parseNote(`${text}\n${many}`)?.signatures).toHaveLength(16)
  })

  it('end their text at the last empty line', () => {
    expect(parseNote(`one\n\ntwo\n\n${line}\n`)?.text).toBe('one\n\ntwo\n')
  })

  it('are read from anything, and written the same way again', () => {
    const piece = fc.constantFrom('— ', 'a ', '\n', '\n\n', 'AAAAAAA=', 'AAAA', ' ', line, text)
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (any) => {
          const note = parseNote(any)
          if (note !== null) expect(formatNote(note)).toBe(any)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('RC22 signatures', () => {
  it('of unknown keys count for nothing', () => {
    const opened = openNote(parseNote(both)!, [log.key], sums)
    expect(opened).toMatchObject({ kind: 'open', good: [{ key: log.key, atSeconds: null }] })
    expect(opened.kind === 'open' && opened.unknown.map(({ name }) => name)).toEqual([witness.key.name])
  })

  it('of witnesses carry their time', () => {
    const opened = openNote(parseNote(both)!, [witness.key], sums)
    expect(opened).toMatchObject({ kind: 'open', good: [{ key: witness.key, atSeconds }] })
  })

  it.each([log, witness])('that $key.name did not make spoil the note', ({ key }) => {
    const note = parseNote(both)!
    const signatures = note.signatures.map((one) => {
      const [first = 0, ...rest] = one.bytes
      return one.name === key.name ? { ...one, bytes: Uint8Array.of(first ^ 1, ...rest) } : one
    })
    expect(openNote({ ...note, signatures }, [log.key, witness.key], sums)).toEqual({ kind: 'spoilt', key })
  })

  it('are judged singly too, each by its own key alone', () => {
    const [signature] = parseNote(both)!.signatures
    const elsewhere = { ...signature!, name: 'a.example/other' }
    expect(judgeSignature({ text, signature: signature! }, log.key, sums)).toEqual({ key: log.key, atSeconds: null })
    expect(judgeSignature({ text, signature: elsewhere }, log.key, sums)).toBeNull()
    expect(judgeSignature({ text, signature: signature! }, witness.key, sums)).toBeNull()
  })

  it('of one text are none of another', () => {
    const note = { ...parseNote(both)!, text: text.replace('an', 'no') }
    for (const { key } of [log, witness]) expect(openNote(note, [key], sums)).toEqual({ kind: 'spoilt', key })
  })

  it('of a witness are none of a log with the same secret', () => {
    const [asLog, asWitness] = [madeKey('a', 'log', 5), madeKey('a', 'witness', 5)]
    const signed = { text, signatures: [{ ...cosign({ ...asLog, text, atSeconds }), keyId: asWitness.key.id }] }
    expect(openNote(signed, [asWitness.key], sums).kind).toBe('spoilt')
  })

  it('of a wrong length spoil the note, as any other that does not hold', () => {
    const note = { text, signatures: [{ name: witness.key.name, keyId: witness.key.id, bytes: new Uint8Array(9) }] }
    expect(openNote(note, [witness.key], sums)).toEqual({ kind: 'spoilt', key: witness.key })
  })
})
