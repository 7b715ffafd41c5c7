import { closeSync, fdatasyncSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { assert } from '#kit/assert'
import { syncFolder } from '../folders.ts'

/**
 * What a store remembers outside of its database: how far it had come. SQLite takes a log whose middle is bad for a log
 * that ends there, and a log that is gone for one that never was; only something beside it can tell.
 */
export interface MarkState {
  /** Of the store that it belongs to; empty while that store is being born. */
  readonly id: string
  /** Of the last durable transaction that had returned. After a power cut an older one, never a later one. */
  readonly number: number
  /** Of the last transaction that the main file holds without its log. */
  readonly folded: number
  /** The log is being folded into the main file, which alone is neither old nor new until that is done. */
  readonly isFolding: boolean
}

export const unborn: MarkState = { id: '', number: 0, folded: 0, isFolding: false }

export function markPath(storePath: string): string {
  return `${storePath}-mark`
}

/**
 * The file of a mark. Two slots are written in turn, each with a checksum and each in a block of its own, so that a
 * write that is torn leaves the one before it.
 */
export class MarkFile {
  readonly #handle: number
  readonly #bytes = Buffer.alloc(slotBytes)
  #sequence: number
  #state: MarkState

  private constructor(path: string, last: Slot) {
    this.#handle = openSync(path, 'r+')
    this.#sequence = last.sequence
    this.#state = last.state
  }

  /** Begins a mark where there is none, or over one whose store was never born. Either is found whole after a crash. */
  static begin(path: string): MarkFile {
    const bytes = Buffer.alloc(slotEvery + slotBytes)
    encode({ sequence: 0, state: unborn }, bytes)
    const made = `${path}.new`
    const handle = openSync(made, 'w')
    writeSync(handle, bytes)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(made, path)
    syncFolder(dirname(path))
    return new MarkFile(path, { sequence: 0, state: unborn })
  }

  static open(path: string): MarkFile {
    const last = newestSlot(path)
    assert(last !== null, 'a mark is opened after it was read')
    return new MarkFile(path, last)
  }

  get state(): MarkState {
    return this.#state
  }

  /** Outlives the process at once, and a power cut after the next sync. */
  write(change: Partial<MarkState>): void {
    this.#state = { ...this.#state, ...change }
    this.#sequence += 1
    encode({ sequence: this.#sequence, state: this.#state }, this.#bytes)
    writeSync(this.#handle, this.#bytes, 0, slotBytes, (this.#sequence % 2) * slotEvery)
  }

  sync(): void {
    fdatasyncSync(this.#handle)
  }

  close(): void {
    closeSync(this.#handle)
  }
}

/** null: none of its slots is as it was written. */
export function readMark(path: string): MarkState | null {
  return newestSlot(path)?.state ?? null
}

interface Slot {
  readonly sequence: number
  readonly state: MarkState
}

const slotBytes = 64
/** Disks write whole blocks: what a torn write spoils is not the other slot. */
const slotEvery = 4_096
const idChars = 16
/** 'CLM1': says which layout it is. */
const layout = 0x434c4d31

function encode({ sequence, state }: Slot, bytes: Buffer): void {
  bytes.fill(0, 0, slotBytes)
  bytes.writeUInt32LE(layout, 4)
  bytes.writeDoubleLE(sequence, 8)
  bytes.writeDoubleLE(state.number, 16)
  bytes.writeDoubleLE(state.folded, 24)
  bytes.writeUInt8(state.isFolding ? 1 : 0, 32)
  bytes.write(state.id, 40, idChars, 'ascii')
  bytes.writeUInt32LE(crc32(bytes.subarray(4, slotBytes)), 0)
}

function decode(bytes: Buffer): Slot | null {
  if (bytes.length < slotBytes || bytes.readUInt32LE(4) !== layout) return null
  if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4, slotBytes))) return null
  const id = bytes.toString('ascii', 40, 40 + idChars).replaceAll('\0', '')
  const state = { id, number: bytes.readDoubleLE(16), folded: bytes.readDoubleLE(24), isFolding: bytes[32] === 1 }
  return { sequence: bytes.readDoubleLE(8), state }
}

function newestSlot(path: string): Slot | null {
  const bytes = readFileSync(path)
  const slots = [0, slotEvery].map((at) => decode(bytes.subarray(at, at + slotBytes)))
  return slots.reduce(
    (newest, slot) => (slot !== null && slot.sequence > (newest?.sequence ?? -1) ? slot : newest),
    null,
  )
}
