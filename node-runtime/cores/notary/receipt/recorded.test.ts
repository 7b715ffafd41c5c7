import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { plainSigningKey } from '#kit/ed25519'
import { plainSha256 as sha256 } from '#kit/sha256'
import { checkReceipt } from './check.ts'
import { formatPolicy, majorityPolicy, parsePolicy } from './policy.ts'
import { type MadeKey, type MadeNotary, madeReceipt, sums } from './testing/made-notary.ts'
import { type KeyUse, makeVerifierKey } from './verifier-key.ts'

const recorded: { readonly document: string; readonly receipt: string; readonly policy: string } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/independent.json'), 'utf8'),
)

/** The keys of testing/independent.py. */
function recordedNotary(): MadeNotary {
  const key = (name: string, use: KeyUse, number: number): MadeKey => {
    const { publicKey, sign } = plainSigningKey(new Uint8Array(32).fill(number))
    return { key: makeVerifierKey({ name, use, publicKey }, sha256)!, sign }
  }
  const origin = 'colmeia.local/lab/notary'
  const log = key(origin, 'log', 1)
  const witnesses = [1, 2, 3, 4, 5].map((number) => key(`${origin}/notary-${number}`, 'witness', number + 1))
  return {
    origin,
    log,
    witnesses,
    policy: majorityPolicy(
      log.key,
      witnesses.map((witness) => witness.key),
      witnesses.length,
    ),
  }
}

describe('RC43 a receipt that others made, with hashlib and openssl', () => {
  it('is proven', () => {
    const policy = parsePolicy(recorded.policy, sha256)!
    const document = sha256(encodeText(recorded.document))
    const verdict = checkReceipt({ receipt: recorded.receipt, sha256: document, policies: [policy], sums })
    expect(verdict).toMatchObject({ kind: 'proven', facts: { index: 6, title: 'Contrato nº 6' }, size: 11 })
  })

  it('is what we make of the same records and keys, byte for byte', () => {
    const notary = recordedNotary()
    expect(madeReceipt(notary, 6, 11)).toBe(recorded.receipt)
    expect(formatPolicy(notary.policy)).toBe(recorded.policy)
  })
})
