import { beforeEach, describe, expect, it } from 'vitest'
import { formatCheckpoint } from '#cores/notary/receipt/checkpoint'
import { leafHash, nodeHash } from '#cores/notary/receipt/merkle'
import { judgeSignature } from '#cores/notary/receipt/signing'
import { encodeText } from '#kit/bytes'
import { Random } from '#kit/random'
import { plainSha256 as sha256 } from '#kit/sha256'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualSecrets } from '#sim/virtual-secrets'
import { VirtualStore } from '#sim/virtual-store'
import { type TreePoint, Witness } from './witness.ts'

const leaf = (text: string) => leafHash(sha256, encodeText(text))
const node = (left: Uint8Array, right: Uint8Array) => nodeHash(sha256, left, right)
/** Two trees that are one up to their second leaf. */
const one: TreePoint = { size: 1, root: leaf('0') }
const two: TreePoint = { size: 2, root: node(leaf('0'), leaf('1')) }
const three: TreePoint = { size: 3, root: node(two.root, leaf('2')) }
const other: TreePoint = { size: 3, root: node(node(leaf('0'), leaf('x')), leaf('2')) }

let disk: VirtualDisk
let secrets: VirtualSecrets
let lives = 0
beforeEach(() => {
  disk = new VirtualDisk()
  secrets = new VirtualSecrets('disk', () => disk.isFull)
})

function open(): Witness {
  lives += 1
  const random = new Random(`life ${lives}`)
  return new Witness({ name: 'log.example/a', store: new VirtualStore(disk), secrets, random })
}

function sign(witness: Witness, point: TreePoint, hashes: readonly Uint8Array[] | null = []) {
  const text = formatCheckpoint({ origin: 'log.example', ...point })
  const cosigned = witness.cosign({ ...point, text, atSeconds: 1_000, prove: () => hashes })
  if (cosigned.kind === 'signed') {
    expect(judgeSignature({ text, signature: cosigned.signature }, witness.key!, secrets)).not.toBeNull()
  }
  return cosigned.kind
}

describe('a witness', () => {
  it('signs what goes on from what it signed, by a proof', () => {
    const witness = open()
    expect(sign(witness, one)).toBe('signed')
    expect(sign(witness, two, [leaf('1')])).toBe('signed')
    expect(sign(witness, three, [leaf('2')])).toBe('signed')
  })

  it('never signs two roots at one size, also not in its next life', () => {
    expect(sign(open(), three)).toBe('signed')
    const witness = open()
    expect(sign(witness, other)).toBe('contradiction')
    expect(sign(witness, three)).toBe('signed')
  })

  it('never signs what has another past, whatever proof it is given', () => {
    const witness = open()
    expect(sign(witness, two)).toBe('signed')
    expect(sign(witness, other, [leaf('2')])).toBe('contradiction')
    expect(sign(witness, other, null)).toBe('contradiction')
    expect(sign(witness, other, [leaf('x'), leaf('2')])).toBe('contradiction')
  })

  it('signs nothing smaller than what it has signed', () => {
    const witness = open()
    sign(witness, three)
    expect(sign(witness, two)).toBe('not-now')
  })

  it('signs nothing that its disk does not take', () => {
    const witness = open()
    sign(witness, one)
    disk.isFull = true
    expect(sign(witness, two, [leaf('1')])).toBe('not-now')
    // What is promised already costs no room.
    expect(sign(witness, one)).toBe('signed')
    disk.isFull = false
    expect(sign(open(), two, [leaf('1')])).toBe('signed')
  })

  it('has no key where the disk takes none, and one later', () => {
    disk.isFull = true
    const witness = open()
    expect(witness.key).toBeNull()
    disk.isFull = false
    expect(witness.key?.use).toBe('witness')
  })

  it('keeps its key with its memory, and begins anew under another one when it has lost either', () => {
    const first = open().key!
    expect(open().key).toEqual(first)
    // The memory is gone, and the key is not: it must not be used by somebody who does not know what it signed.
    disk = new VirtualDisk()
    const second = open().key!
    expect(second.id).not.toBe(first.id)
    // The key is gone: nobody else can sign with it, and what was signed is not forgotten.
    sign(open(), three)
    secrets = new VirtualSecrets('another disk')
    const witness = open()
    expect(witness.key!.id).not.toBe(second.id)
    expect(sign(witness, other)).toBe('contradiction')
  })

  it('refuses a memory that cannot be read: it is no empty one', () => {
    open().key
    new VirtualStore(disk).transaction((tx) => tx.put('notary-own', 'witness', new Uint8Array([1, 2, 3])))
    expect(open).toThrow(expect.objectContaining({ code: 'store-damaged' }))
  })
})
