/** Cuts a stream of bytes into lines of JSON. Null once a line grows past the limit or is no JSON: the line is dead. */
export class JsonLines {
  readonly #lineBytesMax: number
  #parts: Buffer[] = []
  #bytes = 0

  constructor(lineBytesMax: number) {
    this.#lineBytesMax = lineBytesMax
  }

  push(chunk: Buffer): readonly unknown[] | null {
    const values: unknown[] = []
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...this.#parts, chunk.subarray(from, end)])
      from = end + 1
      this.#parts = []
      this.#bytes = 0
      if (line.length > this.#lineBytesMax) return null
      try {
        values.push(JSON.parse(line.toString('utf8')))
      } catch {
        // Whoever writes something else is not a client of ours; the caller closes the line.
        return null
      }
    }
    const rest = chunk.subarray(from)
    if (rest.length > 0) this.#parts.push(rest)
    this.#bytes += rest.length
    return this.#bytes > this.#lineBytesMax ? null : values
  }
}

export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
