import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { formatSignature, parseNote } from './signed-note.ts'
import { atSeconds, madeNotary, madeReceipt } from './testing/made-notary.ts'

const script = join(import.meta.dirname, 'testing/independent.py')

/** What it says of its version; nothing where it is not installed. */
function versionOf(program: string, word: string): string {
  try {
    return execFileSync(program, [word], { encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}

/** Its older relatives cannot sign with Ed25519. */
const hasOpenssl = /^OpenSSL ([3-9]|\d\d)\./.test(versionOf('openssl', 'version'))
const hasPython = versionOf('python3', '--version') !== ''
for (const [has, what] of [
  [hasOpenssl, 'openssl 3: no other program judges our signatures'],
  [hasPython && hasOpenssl, 'python3 with openssl 3: the recorded receipt is NOT made anew'],
] as const) {
  if (!has) process.stderr.write(`No ${what} in this run.\n`)
}

/** Throws when openssl does not find the signature good. */
function opensslVerify({
  publicKey,
  bytes,
  signature,
}: { readonly [Name in 'publicKey' | 'bytes' | 'signature']: Uint8Array }) {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'))
  const write = (name: string, content: Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const key = write('key', Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]))
  const files = ['-inkey', key, '-in', write('message', bytes), '-sigfile', write('signature', signature)]
  try {
    const words = ['pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', ...files]
    execFileSync('openssl', words, { stdio: 'pipe' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('RC44 what others compute', () => {
  it.skipIf(!hasPython || !hasOpenssl)('is what was recorded (needs python3 and openssl 3)', () => {
    const made: unknown = JSON.parse(execFileSync('python3', [script], { encoding: 'utf8' }))
    expect(made).toEqual(JSON.parse(readFileSync(join(import.meta.dirname, 'testing/independent.json'), 'utf8')))
  })

  it.skipIf(!hasOpenssl)('finds our signatures good (needs openssl 3)', () => {
    const notary = madeNotary(3)
    const receipt = madeReceipt(notary)
    const note = parseNote(receipt.slice(receipt.indexOf('\n\n') + 2))!
    const [log, ...cosignatures] = note.signatures
    const { publicKey } = notary.log.key
    opensslVerify({ publicKey, bytes: encodeText(note.text), signature: log!.bytes })
    expect(cosignatures).toHaveLength(2)
    for (const [index, { bytes }] of cosignatures.entries()) {
      const cosigned = encodeText(`cosignature/v1\ntime ${atSeconds}\n${note.text}`)
      opensslVerify({
        publicKey: notary.witnesses[index]!.key.publicKey,
        bytes: cosigned,
        signature: bytes.subarray(8),
      })
    }
    const wrong = log!.bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte))
    expect(() => opensslVerify({ publicKey, bytes: encodeText(note.text), signature: wrong })).toThrow()
    expect(formatSignature(log!)).toContain(notary.log.key.name)
  })
})
