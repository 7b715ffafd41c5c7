import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { secretsSuite } from '#ports/testing/secrets-suite'
import { failureOf } from '#ports/testing/store-home'
import { type KeyFolder, openSecrets } from './index.ts'

secretsSuite('real', () => {
  const place = mkdtempSync(join(tmpdir(), 'colmeia-keys-'))
  let opened: KeyFolder
  return {
    open: () => {
      opened = openSecrets({ folder: join(place, 'keys') })
      return opened
    },
    setFull: (isFull) => opened.setFull(isFull),
    remove: () => rmSync(place, { recursive: true, force: true }),
  }
})

let place: string
let folder: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'colmeia-keys-'))
  folder = join(place, 'keys')
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const pathOf = (name: string): string => join(folder, `${name}.key`)
const rightsOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)
const words = encodeText('the words that are signed')

describe('key files', () => {
  it.skipIf(process.platform === 'win32')('are for nobody but their owner', () => {
    openSecrets({ folder }).makeKey('log')
    expect([rightsOf(folder), rightsOf(pathOf('log'))]).toEqual(['700', '600'])
    chmodSync(pathOf('log'), 0o644)
    expect(openSecrets({ folder }).key('log')).not.toBeNull()
    expect(rightsOf(pathOf('log'))).toBe('600')
  })

  it('make no folder before there is a key', () => {
    expect(openSecrets({ folder }).key('log')).toBeNull()
    expect(readdirSync(place)).toEqual([])
  })

  it.each([
    ['nothing', () => ''],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['the secret half only', (text: string) => text.slice(0, text.indexOf('-----BEGIN PUBLIC'))],
    ['another secret', (text: string) => text.replace(/.{8}(?=\n-----END PRIVATE)/, 'AAAAAAAA')],
    ['other words', () => 'this was a key once'],
  ])('that hold %s are put aside, and a new key is made', (_, spoil) => {
    const { publicKey } = openSecrets({ folder }).makeKey('log')
    const spoilt = spoil(readFileSync(pathOf('log'), 'utf8'))
    writeFileSync(pathOf('log'), spoilt)
    const secrets = openSecrets({ folder })
    const told: string[] = []
    secrets.onSetAside((file) => told.push(file))
    expect([secrets.key('log'), secrets.secretOf('log')]).toEqual([null, null])
    expect(told).toEqual([`${pathOf('log')}.damaged`])
    expect(readFileSync(`${pathOf('log')}.damaged`, 'utf8')).toBe(spoilt)
    expect(secrets.makeKey('log').publicKey).not.toEqual(publicKey)
    expect(openSecrets({ folder }).key('log')).not.toBeNull()
  })

  it('that a kill left half written are written anew, with the rights of a key', () => {
    openSecrets({ folder }).makeKey('witness')
    writeFileSync(`${pathOf('log')}.new`, 'half a k', { mode: 0o644 })
    const { publicKey } = openSecrets({ folder }).makeKey('log')
    expect(openSecrets({ folder }).key('log')?.publicKey).toEqual(publicKey)
    expect(readdirSync(folder).sort()).toEqual(['log.key', 'witness.key'])
  })

  it('that cannot be where they should are refused by a code', () => {
    writeFileSync(folder, 'a file where the folder should be')
    expect(failureOf(() => openSecrets({ folder }).makeKey('log'))).toBe('store-damaged')
  })
})

const openssl = spawnSync('openssl', ['version'])
const hasOpenssl = openssl.status === 0
if (!hasOpenssl) process.stderr.write('openssl is not installed: nobody else looks at our keys\n')

/** Another program of other people, which knows the format and nothing of us. */
describe.skipIf(!hasOpenssl)('openssl', () => {
  const use = (...parts: readonly string[]): void => void execFileSync('openssl', parts, { stdio: 'pipe' })

  it('believes what our key has signed, and we believe what it signs with our key', () => {
    const secrets = openSecrets({ folder })
    const { publicKey, sign } = secrets.makeKey('log')
    const key = pathOf('log')
    const said = join(folder, 'said')
    const ours = join(folder, 'ours')
    const theirs = join(folder, 'theirs')
    writeFileSync(said, words)
    writeFileSync(ours, sign(words))
    use('pkeyutl', '-verify', '-inkey', key, '-rawin', '-in', said, '-sigfile', ours)
    use('pkeyutl', '-sign', '-inkey', key, '-rawin', '-in', said, '-out', theirs)
    expect(secrets.verify(publicKey, words, readFileSync(theirs))).toBe(true)
    writeFileSync(said, 'other words')
    expect(() => use('pkeyutl', '-verify', '-inkey', key, '-rawin', '-in', said, '-sigfile', ours)).toThrow()
  })
})
