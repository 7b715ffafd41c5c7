import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from '../folders.ts'

/** A pair as it lies in a file. */
export interface KeyPair {
  readonly secretKey: KeyObject
  readonly publicKey: KeyObject
}

/** Of the owner only. */
const fileMode = 0o600
const folderMode = 0o700
const everybodyElse = 0o077

const publicBegins = '-----BEGIN PUBLIC KEY-----'

/**
 * Two PEM blocks, as the tools of the trade read them. Any 32 bytes are a secret key, so the public one is there to show
 * that the secret one is as it was written.
 */
export function writeKeyFile(path: string, { secretKey, publicKey }: KeyPair): void {
  const text = `${secretKey.export({ format: 'pem', type: 'pkcs8' })}${publicKey.export({ format: 'pem', type: 'spki' })}`
  const next = `${path}.new`
  makeFolder(dirname(path), folderMode)
  // Left by a kill; a file that is there already would keep the rights that it has.
  rmSync(next, { force: true })
  const handle = openSync(next, 'wx', fileMode)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(next, path)
  syncFolder(dirname(path))
}

/** null: there is none, or there was something that holds no key and is put aside now, which is told. */
export function readKeyFile(path: string, onSetAside: (file: string) => void): KeyPair | null {
  const text = readPrivately(path)
  if (text === null) return null
  const pair = pairIn(text)
  if (pair !== null) return pair
  // One is kept, for whoever wants to know what became of it.
  const aside = `${path}.damaged`
  renameSync(path, aside)
  syncFolder(dirname(path))
  onSetAside(aside)
  return null
}

function readPrivately(path: string): string | null {
  try {
    // Copied from somewhere else, it may have come with other rights.
    if ((statSync(path).mode & everybodyElse) !== 0) chmodSync(path, fileMode)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function pairIn(text: string): KeyPair | null {
  const half = text.indexOf(publicBegins)
  if (half < 0) return null
  try {
    const secretKey = createPrivateKey(text.slice(0, half))
    const publicKey = createPublicKey(text.slice(half))
    const isPair = secretKey.asymmetricKeyType === 'ed25519' && createPublicKey(secretKey).equals(publicKey)
    return isPair ? { secretKey, publicKey } : null
  } catch {
    // What the library cannot read is no key; in how many ways, nobody needs to know.
    return null
  }
}
