import { encodeText } from '#kit/bytes'

/** Which publications are our own servers': most of them, so that they are not read for it. */
export class OwnPublications {
  readonly #servers: ReadonlySet<string>
  readonly #ends: readonly Uint8Array[]

  constructor(servers: readonly string[]) {
    this.#servers = new Set(servers)
    // What our servers publish ends in who they are, in either codec.
    this.#ends = servers.flatMap((server) => [encodeText(server), encodeText(`"origin":"${server}"}`)])
  }

  isPlainly(payload: Uint8Array): boolean {
    return this.#ends.some((end) => {
      const from = payload.length - end.length
      return from >= 0 && end.every((byte, index) => payload[from + index] === byte)
    })
  }

  isOf(origin: string): boolean {
    return this.#servers.has(origin)
  }
}
