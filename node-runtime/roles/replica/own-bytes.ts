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
