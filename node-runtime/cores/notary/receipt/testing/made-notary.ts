import { encodeText } from '#kit/bytes'
import { plainSigningKey, plainVerifyEd25519 } from '#kit/ed25519'
import { nodeId } from '#kit/ids'
import { plainSha256 as sha256 } from '#kit/sha256'
import type { NotaryRecord } from '../../messages.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import { encodeLeaf } from '../leaf.ts'
import { climb, leafHash } from '../merkle.ts'
import { majorityPolicy, type Policy } from '../policy.ts'
import { formatReceipt } from '../receipt.ts'
import { cosign, type Sign, type Sums, signAsLog } from '../signing.ts'
import { type KeyUse, makeVerifierKey, type VerifierKey } from '../verifier-key.ts'
import { witnessedNote } from '../witnessed-note.ts'
import { PlainTree } from './plain-tree.ts'

export const sums: Sums = { sha256, verify: plainVerifyEd25519 }

export interface MadeKey {
  readonly key: VerifierKey
  readonly sign: Sign
}

/** The same name and number give the same key. */
export function madeKey(name: string, use: KeyUse, number: number): MadeKey {
  const { publicKey, sign } = plainSigningKey(sha256(encodeText(`${use} ${number}`)))
  const key = makeVerifierKey({ name, use, publicKey }, sha256)
  if (key === null) throw new Error(`no name for a key: ${name}`)
  return { key, sign }
}

export function madeRecord(index: number, other: Partial<NotaryRecord> = {}): NotaryRecord {
  const hash = sha256(encodeText(`document ${index}`))
  return {
    index,
    document: { kind: 'file', sha256: hash, bytes: 1000 + index },
    sha256: hash,
    title: `Contrato nº ${index}`,
    registrant: 'Ana',
    id: null,
    atMs: 1_795_225_120_538 + index,
    lamport: 10 + index,
    by: { leader: nodeId('notary-1'), term: 3, errorMs: 12 },
    previousHash: index === 0 ? '0' : '69a6524e277255aa27a02ef68b1ed43f301baf9399d3e37c5d4e698b768c1e8f',
    hash: '',
    ...other,
  }
}

export interface MadeNotary {
  /** Of its checkpoints; the log's key has the same name, as it should. */
  readonly origin: string
  readonly log: MadeKey
  readonly witnesses: readonly MadeKey[]
  readonly policy: Policy
}

export function madeNotary(members: number, origin = 'colmeia.local/lab/notary', number = 0): MadeNotary {
  const log = madeKey(origin, 'log', number)
  const witnesses = Array.from({ length: members }, (_, index) =>
    madeKey(`${origin}/notary-${index + 1}`, 'witness', number * 100 + index + 1),
  )
  return {
    origin,
    log,
    witnesses,
    policy: majorityPolicy(
      log.key,
      witnesses.map(({ key }) => key),
      members,
    ),
  }
}

export const atSeconds = 1_795_225_121

/** A checkpoint that everybody has signed. */
export function madeNote({ origin, log, witnesses }: MadeNotary, size: number, root: Uint8Array): string {
  const text = formatCheckpoint({ origin, size, root })
  const cosignatures = witnesses.map(({ key, sign }) => cosign({ key, sign, text, atSeconds }))
  const keys = witnesses.map(({ key }) => key)
  const signed = signAsLog(log.key, log.sign, text)
  const note = witnessedNote({ text, log: signed, cosignatures, witnesses: keys, members: keys.length })
  if (note === null) throw new Error('all have signed and it is not enough')
  return note
}

/** A receipt of one of a few records, or of another in its place. */
export function madeReceipt(notary: MadeNotary, index = 3, size = 7, other?: NotaryRecord): string {
  const records = Array.from({ length: size }, (_, at) => (at === index ? (other ?? madeRecord(at)) : madeRecord(at)))
  const tree = new PlainTree(
    sha256,
    records.map((record) => leafHash(sha256, encodeLeaf(record))),
  )
  const record = records[index] ?? madeRecord(index)
  return formatReceipt({ record, hashes: tree.inclusion(index, size), note: madeNote(notary, size, tree.root()) })
}

/** A receipt of one record among so many that nobody would build the tree: its siblings are made up. */
export function madeLargeReceipt(notary: MadeNotary, record: NotaryRecord, size: number): string {
  const hashes = Array.from({ length: Math.ceil(Math.log2(size)) }, (_, level) => sha256(encodeText(`level ${level}`)))
  const way = climb({ sha256, index: record.index, size, leafHash: leafHash(sha256, encodeLeaf(record)), hashes })
  const root = way?.at(-1)
  if (root === undefined) throw new Error(`no path of ${record.index} in ${size}`)
  return formatReceipt({ record, hashes, note: madeNote(notary, size, root) })
}
