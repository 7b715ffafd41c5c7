/**
 * A running hash of what happened, cheap enough to be taken always. Two runs of one seed must end with the same.
 * Two lanes with different multipliers, so that a chance match is as good as impossible.
 */
export class TraceHash {
  #first = 0x811c9dc5
  #second = 0x9e3779b9

  add(value: unknown): void {
    if (typeof value === 'number') this.#addNumber(value)
    else if (typeof value === 'string') this.#addText(value)
    else if (typeof value === 'boolean') this.#addWord(value ? 1 : 2)
    else if (value === null || value === undefined) this.#addWord(3)
    else if (value instanceof Uint8Array) for (const byte of value) this.#addWord(byte)
    else if (Array.isArray(value)) for (const item of value) this.add(item)
    else this.#addFields(value)
  }

  get text(): string {
    return hex(this.#first) + hex(this.#second)
  }

  /** Names are left out: what the fields of a message are follows from its kind, which is a value. */
  #addFields(value: object): void {
    const fields = value as Readonly<Record<string, unknown>> // plain data: every field of it may be read by name
    for (const name in fields) this.add(fields[name])
  }

  #addNumber(value: number): void {
    this.#addWord(value | 0)
    // Whole numbers may be larger than 32 bits; both halves count.
    this.#addWord(Math.floor(value / 0x1_0000_0000))
  }

  #addText(text: string): void {
    this.#addWord(text.length)
    for (let index = 0; index < text.length; index += 1) this.#addWord(text.charCodeAt(index))
  }

  #addWord(word: number): void {
    this.#first = Math.imul(this.#first ^ word, 0x01000193)
    this.#second = Math.imul((this.#second ^ word) + 0x6d2b79f5, 0x85ebca6b)
    this.#second ^= this.#second >>> 13
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
