import { type ForeignLine, ForeignProgram } from '#dialects/chat/testing/foreign-program'

/** A program in Python that asks a broker and listens at one of its proxies. */
export class PythonClient {
  readonly heard: (readonly [string, ForeignLine])[] = []
  readonly #program: ForeignProgram

  constructor(options: Record<'dialect' | 'codec' | 'ask' | 'hear', string>) {
    this.#program = new ForeignProgram('foreign_client.py', options)
  }

  /** Throws when it gave up waiting. */
  async ask(service: string, data: ForeignLine = {}): Promise<ForeignLine> {
    const reply = await this.askOnce(service, data)
    if (reply === null) throw new Error(`no answer to ${service}`)
    return reply
  }

  /** null: it gave up waiting. */
  async askOnce(service: string, data: ForeignLine = {}): Promise<ForeignLine | null> {
    const line = await this.#after(this.#program.say({ service, data }), ({ reply, timeout }) => reply ?? timeout)
    return line.reply === undefined ? null : (line.reply as ForeignLine) // what a dialect answers is a map
  }

  async follow(topic: string): Promise<void> {
    await this.#after(this.#program.say({ follow: topic }), ({ following }) => following)
  }

  /** The next it hears on a topic, whatever it was told before of that. */
  async hears(text: string): Promise<readonly [string, ForeignLine]> {
    const isIt = ([, { message }]: readonly [string, ForeignLine]): boolean => message === text
    while (!this.heard.some(isIt)) this.#note(await this.#program.next())
    return this.heard.find(isIt) as readonly [string, ForeignLine] // it is there by now
  }

  end(): Promise<void> {
    return this.#program.end()
  }

  async #after(first: Promise<ForeignLine>, wanted: (line: ForeignLine) => unknown): Promise<ForeignLine> {
    let line = await first
    while (wanted(line) === undefined) {
      this.#note(line)
      line = await this.#program.next()
    }
    return line
  }

  #note({ heard, ended }: ForeignLine): void {
    if (ended === true) throw new Error('the program has ended')
    if (heard !== undefined) this.heard.push(heard as readonly [string, ForeignLine]) // as it writes it
  }
}
