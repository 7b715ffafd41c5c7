import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { readList, readOptionalText, writeList, writeOptionalText } from './codec-parts.ts'
import type { LockView } from './messages.ts'

/** Who holds a lock, or waits for it, and whose word that was: nobody else can give it back. */
export interface Claim {
  readonly holder: string
  readonly actor: string | null
}

export interface LockRecord {
  readonly held: Claim
  readonly fence: number
  readonly untilMs: number
  readonly waiting: readonly Claim[]
}

export function encodeLock({ held, fence, untilMs, waiting }: LockRecord): Uint8Array {
  return writeList(writeClaim(new ByteWriter(96), held).number(fence).number(untilMs), waiting, writeClaim).done()
}

export function decodeLock(row: Uint8Array): LockRecord {
  const reader = new ByteReader(row)
  const record = {
    held: readClaim(reader),
    fence: reader.count(),
    untilMs: reader.count(),
    waiting: readList(reader, readClaim),
  }
  assert(reader.isDone, 'a lock can be read')
  return record
}

export function isSameClaim(one: Claim, other: Claim): boolean {
  return one.holder === other.holder && one.actor === other.actor
}

export function lockView(lock: string, { held, fence, untilMs, waiting }: LockRecord): LockView {
  return { lock, holder: held.holder, fence, untilMs, waiting: waiting.map(({ holder }) => holder) }
}

function writeClaim(writer: ByteWriter, { holder, actor }: Claim): ByteWriter {
  return writeOptionalText(writer.text(holder), actor)
}

function readClaim(reader: ByteReader): Claim {
  return { holder: reader.text(), actor: readOptionalText(reader) }
}
