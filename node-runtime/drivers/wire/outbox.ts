import { wireLimits } from '#ports/wire'
import { encodeBatch, type Stamp } from './frames.ts'
import { linkLimits } from './limits.ts'

/** A message on its way out; without bytes it is a bare stamp. A held-back one keeps the stamp of when it was sent. */
export interface Parcel {
  readonly bytes: Uint8Array | null
  readonly stamp: Stamp | null
}

export interface Batch {
  readonly frame: Buffer
  readonly messages: number
  readonly bytes: number
}

/** What waits for one peer: first in, first out, bounded in number and in bytes. */
export class Outbox {
  #waiting: Parcel[] = []
  #waitingBytes = 0
  /** Parcels that a delay holds back count too: they wait for the same peer in the same memory. */
  #heldCount = 0

  get isEmpty(): boolean {
    return this.#waiting.length + this.#heldCount === 0
  }

  get hasNext(): boolean {
    return this.#waiting.length > 0
  }

  hasRoomFor(copies: number, bytes: number): boolean {
    const count = this.#waiting.length + this.#heldCount + copies
    const total = this.#waitingBytes + copies * bytes
    return count <= wireLimits.queuedPerPeerMax && total <= wireLimits.queuedBytesPerPeerMax
  }

  add(parcel: Parcel): void {
    this.#waiting.push(parcel)
    this.#waitingBytes += sizeOf(parcel)
  }

  hold(parcel: Parcel): void {
    this.#heldCount += 1
    this.#waitingBytes += sizeOf(parcel)
  }

  unhold(parcel: Parcel): void {
    this.#heldCount -= 1
    this.#waitingBytes -= sizeOf(parcel)
  }

  /** As many as fit into one batch, and at least one. */
  take(freshStamp: () => Stamp): Batch {
    let count = 0
    let bytes = 0
    for (const parcel of this.#waiting) {
      if (count > 0 && bytes + sizeOf(parcel) > linkLimits.batchBytesMax) break
      count += 1
      bytes += sizeOf(parcel)
    }
    const parcels = this.#waiting.splice(0, count)
    this.#waitingBytes -= bytes
    const messages = parcels.flatMap((parcel) => parcel.bytes ?? [])
    return { frame: encodeBatch(parcels[0]?.stamp ?? freshStamp(), messages), messages: messages.length, bytes }
  }

  clear(): readonly Parcel[] {
    const cleared = this.#waiting
    for (const parcel of cleared) this.#waitingBytes -= sizeOf(parcel)
    this.#waiting = []
    return cleared
  }
}

function sizeOf(parcel: Parcel): number {
  return parcel.bytes?.byteLength ?? 0
}
