import { ByteBlocks } from '#kit/bytes'

/*
 * Drivers hand bytes out as Node's Buffer, whose `slice` does not copy. What goes further than this room is always a
 * plain Uint8Array, so that the same code does the same on every driver.
 */

/**
 * Bytes that are to be kept. A part of a larger memory would keep all of it from being freed: a value that once came
 * with a batch, the whole batch.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? plainBytes(bytes) : new Uint8Array(bytes)
}

/** The same memory. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const blockBytes = 32 * 1_024
/** A larger one has memory of its own. */
const sharedBytesMax = 2_048

/**
 * Bytes that are kept, in blocks: memory for each row, asked for and given back, costs more than to copy it. What is kept
 * at one time lies together and is forgotten together; what is to stay longer is kept once more.
 */
export class KeptBytes {
  readonly #blocks = new ByteBlocks(blockBytes)

  keep(bytes: Uint8Array): Uint8Array {
    if (bytes.length > sharedBytesMax) return ownBytes(bytes)
    const kept = this.#blocks.cut(bytes.length)
    kept.set(bytes)
    return kept
  }
}
