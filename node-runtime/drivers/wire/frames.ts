/**
 * What stands inside one ZeroMQ message between own nodes.
 *
 *   hello: version, kind 0, length and text of the node id, proof (32 bytes); the first word on each connection
 *   batch: version, kind 1, stamp (28 bytes), then each message as its length and its bytes; it may hold none
 */
export type Frame =
  | { readonly kind: 'hello'; readonly nodeId: string; readonly proof: Uint8Array }
  | { readonly kind: 'batch'; readonly stamp: Stamp; readonly messages: readonly Uint8Array[] }

/** When this was sent by the sender's own clock, and the newest stamp it had from the receiver with how long it kept it. */
export interface Stamp {
  /** Drawn when a wire opens: clocks of two lives of a node are not compared. */
  readonly life: number
  readonly sentMs: number
  readonly echo: { readonly life: number; readonly sentMs: number; readonly heldMs: number } | null
}

const frameVersion = 1
const kinds = { hello: 0, batch: 1 } as const
const proofBytes = 32
const batchHeadBytes = 30
const lengthBytes = 4

export function encodeHello(nodeId: string, proof: Uint8Array): Buffer {
  const name = Buffer.from(nodeId, 'ascii')
  return Buffer.concat([Buffer.from([frameVersion, kinds.hello, name.length]), name, proof])
}

export function encodeBatch(stamp: Stamp, messages: readonly Uint8Array[]): Buffer {
  let size = batchHeadBytes
  for (const message of messages) size += lengthBytes + message.byteLength
  const frame = Buffer.allocUnsafe(size)
  frame[0] = frameVersion
  frame[1] = kinds.batch
  frame.writeUInt32LE(stamp.life, 2)
  frame.writeDoubleLE(stamp.sentMs, 6)
  frame.writeUInt32LE(stamp.echo?.life ?? 0, 14)
  frame.writeDoubleLE(stamp.echo?.sentMs ?? Number.NaN, 18)
  frame.writeFloatLE(stamp.echo?.heldMs ?? 0, 26)
  let offset = batchHeadBytes
  for (const message of messages) {
    frame.writeUInt32LE(message.byteLength, offset)
    frame.set(message, offset + lengthBytes)
    offset += lengthBytes + message.byteLength
  }
  return frame
}

/** null: not a frame of ours. It came from outside, so nothing in it is believed before it is checked. */
export function decodeFrame(frame: Buffer): Frame | null {
  if (frame.length < 3 || frame[0] !== frameVersion) return null
  if (frame[1] === kinds.hello) return decodeHello(frame)
  if (frame[1] === kinds.batch) return decodeBatch(frame)
  return null
}

function decodeHello(frame: Buffer): Frame | null {
  const nameEnd = 3 + frame.readUInt8(2)
  if (frame.length !== nameEnd + proofBytes) return null
  return { kind: 'hello', nodeId: frame.toString('ascii', 3, nameEnd), proof: frame.subarray(nameEnd) }
}

function decodeBatch(frame: Buffer): Frame | null {
  if (frame.length < batchHeadBytes) return null
  const messages: Uint8Array[] = []
  for (let offset = batchHeadBytes; offset < frame.length; ) {
    if (offset + lengthBytes > frame.length) return null
    const start = offset + lengthBytes
    offset = start + frame.readUInt32LE(offset)
    if (offset > frame.length) return null
    messages.push(frame.subarray(start, offset))
  }
  return { kind: 'batch', stamp: decodeStamp(frame), messages }
}

function decodeStamp(frame: Buffer): Stamp {
  const echoSentMs = frame.readDoubleLE(18)
  const echo = { life: frame.readUInt32LE(14), sentMs: echoSentMs, heldMs: frame.readFloatLE(26) }
  return {
    life: frame.readUInt32LE(2),
    sentMs: frame.readDoubleLE(6),
    echo: Number.isFinite(echoSentMs) ? echo : null,
  }
}
