import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CheckVerdict as ContractVerdict } from '#contract/worker/desk'
import { decodeText, encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { checkReceipt } from './check.ts'
import type { Policy } from './policy.ts'
import { parseReceipt } from './receipt.ts'
import { atSeconds, madeNotary, madeReceipt, madeRecord, sums } from './testing/made-notary.ts'
import type { CheckVerdict } from './verdict.ts'

const notary = madeNotary(3)
const stranger = madeNotary(3, 'elsewhere.example/notary', 9)
const receipt = madeReceipt(notary)
const document = madeRecord(3).sha256
const other = madeRecord(4).sha256

const check = (text: string, sha256: Uint8Array | null = document, policies: readonly Policy[] = [notary.policy]) =>
  checkReceipt({ receipt: text, sha256, policies, sums })
const outcomes = (verdict: ReturnType<typeof check>) =>
  Object.fromEntries(verdict.steps.map(({ check: name, outcome }) => [name, outcome]))
const lines = receipt.split('\n')
const withLine = (at: number, line: string) => lines.with(at, line).join('\n')
const cosignatureAt = lines.findIndex((line) => line.startsWith('— colmeia.local/lab/notary/notary-1'))
const allRight = {
  document: 'right',
  leaf: 'right',
  path: 'right',
  'log-signature': 'right',
  witnesses: 'right',
  policy: 'right',
}

describe('RC50 a sound receipt', () => {
  it('is proven, step by step', () => {
    const verdict = check(receipt)
    expect(verdict).toMatchObject({
      kind: 'proven',
      facts: {
        index: 3,
        title: 'Contrato nº 3',
        registrant: 'Ana',
        sha256: toHex(document),
        leader: 'notary-1',
        term: 3,
      },
      origin: 'colmeia.local/lab/notary',
      size: 7,
      log: { name: 'colmeia.local/lab/notary', fingerprint: notary.log.key.fingerprint },
    })
    expect(outcomes(verdict)).toEqual(allRight)
    expect(verdict.witnesses).toEqual(
      notary.witnesses.slice(0, 2).map(({ key: { name, fingerprint } }) => ({ name, fingerprint, isApproved: true })),
    )
    const values = Object.fromEntries(verdict.steps.map((step) => [step.check, step.values]))
    expect(values.document).toEqual([toHex(document), toHex(document)])
    expect(values.path?.[0]).toBe(values.path?.[1])
    // Leaf, three levels, and the two roots before them.
    expect(values.path).toHaveLength(6)
    expect(values.witnesses?.[0]).toMatch(new RegExp(`^${notary.witnesses[0]?.key.name} [0-9a-f]{32} ${atSeconds}$`))
    expect(values.policy).toEqual(['2', '2'])
  })

  it('is proven for each record of each small notary', () => {
    for (const members of [1, 2, 5, 7]) {
      const one = madeNotary(members)
      for (let index = 0; index < 5; index += 1) {
        const verdict = check(madeReceipt(one, index, 5), madeRecord(index).sha256, [one.policy])
        expect(verdict.kind, `${index} of ${members}`).toBe('proven')
      }
    }
  })

  it('can be judged without its document', () => {
    const verdict = check(receipt, null)
    expect(verdict.kind).toBe('proven')
    expect(outcomes(verdict)).toEqual({ ...allRight, document: 'not-made' })
  })

  it('is proven whichever of the approved policies fits, and in whatever order they stand', () => {
    const moved = { ...madeNotary(3, undefined, 5), log: notary.log }
    const older: Policy = { ...moved.policy, logs: notary.policy.logs }
    expect(check(receipt, document, [stranger.policy, notary.policy]).kind).toBe('proven')
    expect(check(receipt, document, [older, notary.policy]).kind).toBe('proven')
    expect(check(receipt, document, [notary.policy, older]).kind).toBe('proven')
  })
})

describe('RC51 keys that nobody has approved', () => {
  it.each([
    ['no policy', []],
    ['a policy of another notary', [stranger.policy]],
    ['the same names with other keys', [madeNotary(3, undefined, 8).policy]],
  ])('prove nothing: %s', (_, policies: readonly Policy[]) => {
    const verdict = check(receipt, document, policies)
    expect(verdict.kind).toBe('unknown-keys')
    expect(outcomes(verdict)).toEqual({
      ...allRight,
      'log-signature': 'not-made',
      witnesses: 'not-made',
      policy: 'not-made',
    })
    // A note names a key by its beginning only.
    expect(verdict.log).toEqual({ name: notary.log.key.name, fingerprint: notary.log.key.id })
    expect(verdict.witnesses.every(({ isApproved }) => !isApproved)).toBe(true)
  })

  it('prove nothing when the witnesses are approved but the log is not', () => {
    const policy = { ...notary.policy, logs: stranger.policy.logs }
    expect(check(receipt, document, [policy]).kind).toBe('unknown-keys')
  })

  it('prove nothing when an approved log signs for an origin that is not its own', () => {
    const verdict = check(madeReceipt({ ...notary, origin: 'colmeia.local/lab/other' }))
    expect(verdict).toMatchObject({ kind: 'not-signed', log: null })
    expect(outcomes(verdict)).toMatchObject({ 'log-signature': 'not-made', policy: 'not-made' })
  })

  it('prove nothing when the origin was changed under the signatures', () => {
    const text = receipt.replace('\ncolmeia.local/lab/notary\n', '\ncolmeia.local/lab/notary2\n')
    expect(check(text).kind).toBe('signature-wrong')
  })
})

describe('RC52 what is wrong has a name', () => {
  it('another document', () => {
    const verdict = check(receipt, other)
    expect(verdict.kind).toBe('other-document')
    expect(outcomes(verdict)).toEqual({ ...allRight, document: 'wrong' })
    expect(check(receipt, other, []).kind).toBe('other-document')
  })

  it('a log that has not signed at all, whoever else has', () => {
    const text = lines.filter((line) => !line.startsWith('— colmeia.local/lab/notary ')).join('\n')
    for (const policies of [[notary.policy], [], [stranger.policy]]) {
      expect(check(text, document, policies)).toMatchObject({ kind: 'not-signed', log: null })
    }
    const verdict = check(text)
    expect(outcomes(verdict)).toMatchObject({ 'log-signature': 'not-made', witnesses: 'right', policy: 'not-made' })
    expect(check(text, other).kind).toBe('other-document')
  })

  it('too few witnesses', () => {
    const verdict = check(lines.toSpliced(cosignatureAt, 1).join('\n'))
    expect(verdict.kind).toBe('too-few-witnesses')
    expect(outcomes(verdict)).toEqual({ ...allRight, policy: 'wrong' })
    expect(verdict.steps.at(-1)?.values).toEqual(['1', '2'])
  })

  it('no witness at all', () => {
    const verdict = check(lines.toSpliced(cosignatureAt, 2).join('\n'))
    expect(verdict.kind).toBe('too-few-witnesses')
    expect(outcomes(verdict)).toEqual({ ...allRight, witnesses: 'not-made', policy: 'wrong' })
  })

  it('a cosignature of another checkpoint', () => {
    const foreign = madeReceipt(notary, 3, 8).split('\n')
    const line = foreign.find((one) => one.startsWith('— colmeia.local/lab/notary/notary-1'))
    const verdict = check(withLine(cosignatureAt, line ?? ''))
    expect(verdict).toMatchObject({ kind: 'signature-wrong', facts: null })
    expect(outcomes(verdict)).toMatchObject({ 'log-signature': 'not-made', witnesses: 'wrong', policy: 'not-made' })
    expect(check(withLine(cosignatureAt, line ?? ''), other).kind).toBe('signature-wrong')
  })

  it('a log that did not sign this', () => {
    const logAt = lines.findIndex((line) => line.startsWith('— colmeia.local/lab/notary '))
    const line = madeReceipt(notary, 3, 8)
      .split('\n')
      .find((one) => one.startsWith('— colmeia.local/lab/notary '))
    const verdict = check(withLine(logAt, line ?? ''))
    expect(verdict).toMatchObject({ kind: 'signature-wrong', facts: null })
    expect(outcomes(verdict)).toMatchObject({ 'log-signature': 'wrong', witnesses: 'not-made', policy: 'not-made' })
  })

  it('a path that leads elsewhere, whatever the document', () => {
    const verdict = check(withLine(3, lines[4] ?? ''), other)
    expect(verdict).toMatchObject({ kind: 'proof-wrong', facts: null })
    expect(outcomes(verdict)).toMatchObject({ leaf: 'right', path: 'wrong' })
  })

  it('a place that the leaf itself does not name', () => {
    const verdict = check(withLine(2, 'index 2'))
    expect(verdict.kind).toBe('proof-wrong')
    expect(outcomes(verdict)).toMatchObject({ leaf: 'wrong', path: 'wrong' })
  })

  it('a log that put a leaf where it does not belong', () => {
    const misplaced = madeReceipt(notary, 3, 7, madeRecord(5)).replace('\nindex 5\n', '\nindex 3\n')
    const verdict = check(misplaced, madeRecord(5).sha256)
    expect(verdict).toMatchObject({ kind: 'proof-wrong', facts: null })
    expect(outcomes(verdict)).toMatchObject({ leaf: 'wrong', path: 'right', 'log-signature': 'right', policy: 'right' })
  })

  it('a path too short or too long', () => {
    expect(check(lines.toSpliced(3, 1).join('\n')).kind).toBe('proof-wrong')
    expect(check(lines.toSpliced(3, 0, lines[3] ?? '').join('\n')).kind).toBe('proof-wrong')
  })

  it.each([
    ['nothing', ''],
    ['another first line', withLine(0, 'c2sp.org/tlog-proof@v2')],
    ['no extra', lines.toSpliced(1, 1).join('\n')],
    ['an extra of somebody else', withLine(1, 'extra aGVsbG8=')],
    ['an index with a zero before it', withLine(2, 'index 03')],
    ['more hashes than any tree is high', lines.toSpliced(3, 0, ...Array<string>(54).fill(lines[3] ?? '')).join('\n')],
    ['a hash too short', withLine(3, 'AAAA')],
    ['carriage returns', receipt.replaceAll('\n', '\r\n')],
    ['a mark of byte order', `\ufeff${receipt}`],
    ['only the checkpoint', receipt.slice(receipt.indexOf('\n\n') + 2)],
    ['a checkpoint with a line of its own', receipt.replace('\n7\n', '\n7\nmore\n')],
    ['longer than allowed', `${receipt}${'x'.repeat(17_000)}`],
  ])('no receipt: %s', (_, text) => {
    expect(check(text)).toMatchObject({ kind: 'not-a-receipt', facts: null, steps: [] })
  })
})

it('RC52 verdicts cross the contract as they are', () => {
  expectTypeOf<CheckVerdict>().toExtend<ContractVerdict>()
  expectTypeOf<ContractVerdict>().toExtend<CheckVerdict>()
})

/** Remembers what it has judged, so that every bit can be tried: most of them leave most signatures as they were. */
const judged = new Map<string, boolean>()
const rememberingSums = {
  ...sums,
  verify: (key: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => {
    const asked = [key, bytes, signature].map(toHex).join(' ')
    const answer = judged.get(asked) ?? sums.verify(key, bytes, signature)
    judged.set(asked, answer)
    return answer
  },
}

describe('RC53 whoever changes anything proves nothing', () => {
  const bytes = encodeText(receipt)

  it('with any one bit of the receipt', () => {
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const text = decodeText(bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))
      if (text === null) continue
      const changed = { receipt: text, sha256: document, policies: [notary.policy], sums: rememberingSums }
      expect(checkReceipt(changed).kind, `bit ${bit}`).not.toBe('proven')
    }
  }, 60_000)

  it('with any one line less, twice, or in place of another', () => {
    for (let at = 0; at < lines.length - 1; at += 1) {
      expect(check(lines.toSpliced(at, 1).join('\n')).kind, `without ${at}`).not.toBe('proven')
      expect(check(lines.toSpliced(at, 0, lines[at] ?? '').join('\n')).kind, `${at} twice`).not.toBe('proven')
      for (let from = 0; from < lines.length - 1; from += 1) {
        if (lines[from] !== lines[at]) expect(check(withLine(at, lines[from] ?? '')).kind).not.toBe('proven')
      }
    }
  })

  it('with any one bit of the document', () => {
    const content = encodeText('document 3')
    expect(check(receipt, sums.sha256(content)).kind).toBe('proven')
    for (let bit = 0; bit < content.length * 8; bit += 1) {
      const changed = content.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(check(receipt, sums.sha256(changed)).kind).toBe('other-document')
    }
  })

  it('with a piece of a receipt of another notary', () => {
    const foreign = madeReceipt(stranger).split('\n')
    const mixed = fc.array(fc.boolean(), { minLength: lines.length, maxLength: lines.length })
    fc.assert(
      fc.property(mixed, (picks) => {
        const text = lines.map((line, at) => (picks[at] ? foreign[at] : line)).join('\n')
        if (text !== receipt) expect(check(text).kind).not.toBe('proven')
      }),
    )
  })

  it('and nothing ever breaks the check itself', () => {
    const piece = fc.constantFrom(...lines, '', '\n', '\n\n', 'extra ', 'index 9007199254740993', '— a AAAAAAA=')
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (some, tail) => {
        expect(check(some.join('\n') + tail).kind).not.toBe('proven')
      }),
      { numRuns: 500 },
    )
    expect(parseReceipt(receipt)?.index).toBe(3)
  })
})
