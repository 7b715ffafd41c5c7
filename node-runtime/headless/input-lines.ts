import { createInterface, type Interface } from 'node:readline'
import { createInterface as createAsking } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** What is typed, line by line. The same lines whether a person types or a program writes. */
export class InputLines {
  readonly #input: NodeJS.ReadableStream
  #reading: Interface | null = null
  #lines: AsyncIterator<string> | null = null

  constructor(input: NodeJS.ReadableStream) {
    this.#input = input
  }

  /** null: there is no more. */
  async next(): Promise<string | null> {
    this.#reading ??= createInterface({ input: this.#input, crlfDelay: Number.POSITIVE_INFINITY })
    this.#lines ??= this.#reading[Symbol.asyncIterator]()
    const line = await this.#lines.next()
    return line.done === true ? null : line.value
  }

  /** A person sees nothing of what is typed; a program writes it as its first line. */
  async secret(ask: () => void): Promise<string | null> {
    if (!isPerson(this.#input)) return this.next()
    ask()
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const asking = createAsking({ input: this.#input, output: nowhere, terminal: true })
    const typed = await asking.question('')
    asking.close()
    return typed
  }

  close(): void {
    this.#reading?.close()
  }
}

function isPerson(input: NodeJS.ReadableStream): boolean {
  return 'isTTY' in input && input.isTTY === true
}
