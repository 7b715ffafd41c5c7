import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainSha256 as sha256 } from '#kit/sha256'
import {
  formatPolicy,
  isSatisfied,
  leastCosignatures,
  majorityOf,
  majorityPolicy,
  parsePolicy,
  policyFingerprint,
} from './policy.ts'
import { madeKey, madeNotary } from './testing/made-notary.ts'
import { formatVerifierKey, isSameKey, type VerifierKey } from './verifier-key.ts'

const key = (name: string, use: 'log' | 'witness', number: number) => formatVerifierKey(madeKey(name, use, number).key)
const log = `log ${key('a.example', 'log', 1)}`
const witnesses = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map(
  (name, index) => `witness ${name} ${key(name, 'witness', index)}`,
)
const twoOwners = `# two owners

${log} https://a.example/
${witnesses.join('\n')}
group X-witnesses 2 X1 X2 X3
\tgroup   Y-witnesses any Y1 Y2 Y3
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`
const named = (policy: NonNullable<ReturnType<typeof parsePolicy>>, names: readonly string[]) => (asked: VerifierKey) =>
  policy.witnesses.some((witness) => names.includes(witness.name) && isSameKey(witness.key, asked))

describe('RC30 policies', () => {
  it.each([
    [[], false],
    [['X1', 'X2'], false],
    [['X1', 'Y1', 'Y2', 'Y3'], false],
    [['X1', 'X3', 'Y2'], true],
    [['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'], true],
  ])('of two owners: are %j enough? %s', (names, isEnough) => {
    const policy = parsePolicy(twoOwners, sha256)!
    expect(isSatisfied(policy, named(policy, names))).toBe(isEnough)
    expect(leastCosignatures(policy)).toBe(3)
  })

  it('of a group want a majority of its members', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 4, 4])
    for (let members = 1; members <= 7; members += 1) {
      const { policy } = madeNotary(members)
      expect(leastCosignatures(policy)).toBe(majorityOf(members))
      for (let count = 0; count <= members; count += 1) {
        const names = policy.witnesses.slice(0, count).map(({ name }) => name)
        expect(isSatisfied(policy, named(policy, names))).toBe(count >= majorityOf(members))
      }
    }
  })

  it('of a group some of whose keys are not known want a majority of all', () => {
    const { log: own, witnesses: known } = madeNotary(5)
    const keys = known.map((witness) => witness.key)
    const policy = majorityPolicy(own.key, keys, 7)
    expect(leastCosignatures(policy)).toBe(4)
    expect(parsePolicy(formatPolicy(policy), sha256)).toEqual(policy)
    for (let count = 0; count <= 5; count += 1) {
      const names = policy.witnesses.slice(0, count).map(({ name }) => name)
      expect(isSatisfied(policy, named(policy, names))).toBe(count >= 4)
    }
  })

  it('go there and back, and have one fingerprint however they are spaced', () => {
    for (const policy of [madeNotary(3).policy, parsePolicy(twoOwners, sha256)!]) {
      const again = parsePolicy(formatPolicy(policy), sha256)!
      expect(again).toEqual(policy)
      expect(policyFingerprint(again, sha256)).toBe(policyFingerprint(policy, sha256))
      expect(policyFingerprint(policy, sha256)).toMatch(/^[0-9a-f]{32}$/)
    }
    expect(policyFingerprint(madeNotary(3).policy, sha256)).not.toBe(policyFingerprint(madeNotary(5).policy, sha256))
  })

  it('may ask for one witness, or for none', () => {
    const one = parsePolicy(`${log}\n${witnesses[0]}\nquorum X1\n`, sha256)!
    expect([isSatisfied(one, () => false), isSatisfied(one, () => true), leastCosignatures(one)]).toEqual([
      false,
      true,
      1,
    ])
    const none = parsePolicy(`${log}\nquorum none`, sha256)!
    expect([isSatisfied(none, () => false), leastCosignatures(none)]).toEqual([true, 0])
  })
})

describe('RC31 what is no policy', () => {
  const [x1, x2] = witnesses
  it.each([
    ['empty', ''],
    ['no quorum', log],
    ['no log', `${x1}\nquorum X1`],
    ['two quorums', `${log}\n${x1}\nquorum X1\nquorum X1`],
    ['a quorum of nobody', `${log}\n${x1}\nquorum X2`],
    ['a word that is none', `${log}\nwitless\nquorum none`],
    ['a log twice', `${log}\n${log}\nquorum none`],
    ['a log under another name', `${log}\nlog ${key('b.example', 'log', 1)}\nquorum none`],
    ['a witness twice', `${log}\n${x1}\n${x1?.replace('X1', 'X2')}\nquorum X1`],
    ['a name twice', `${log}\n${x1}\n${x2?.replace('X2', 'X1')}\nquorum X1`],
    ['a witness named none', `${log}\n${x1?.replace('X1', 'none')}\nquorum none`],
    ['a witness as log', `log ${key('a', 'witness', 1)}\nquorum none`],
    ['a log as witness', `${log}\nwitness X1 ${key('a', 'log', 2)}\nquorum X1`],
    ['a group before its members', `${log}\ngroup G 1 X1\n${x1}\nquorum G`],
    ['a group of nobody', `${log}\n${x1}\ngroup G all\nquorum G`],
    ['more than there are', `${log}\n${x1}\ngroup G 2 X1\nquorum G`],
    ['fewer than one', `${log}\n${x1}\ngroup G 0 X1\nquorum X1`],
    ['a number that is none', `${log}\n${x1}\ngroup G 01 X1\nquorum G`],
    ['a member twice', `${log}\n${x1}\ngroup G 1 X1\ngroup H 1 X1\nquorum G`],
    ['a member twice in one group', `${log}\n${x1}\ngroup G 2 X1 X1\nquorum G`],
    ['a group in itself', `${log}\n${x1}\ngroup G 1 G\nquorum G`],
    ['a word too many', `${log} https://a.example x\nquorum none`],
    ['a carriage return', `${log}\r\nquorum none`],
    ['too long', `${log}\nquorum none\n#${'x'.repeat(17_000)}`],
    [
      'too many',
      `${log}\n${Array.from({ length: 33 }, (_, i) => `witness w${i} ${key('w', 'witness', i)}`).join('\n')}\nquorum w1`,
    ],
  ])('%s', (_, text) => expect(parsePolicy(text, sha256)).toBeNull())

  it('anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => parsePolicy(text, sha256) === null))
    const lines = fc.array(fc.constantFrom(log, x1, x2, 'group G 1 X1', 'group G any X2 X1', 'quorum G', 'quorum none'))
    fc.assert(
      fc.property(lines, (some) => {
        const policy = parsePolicy(some.join('\n'), sha256)
        if (policy !== null) expect(parsePolicy(formatPolicy(policy), sha256)).toEqual(policy)
      }),
    )
  })
})
