import { connect, type Socket } from 'node:net'

type Heard = (payload: Buffer) => void

/** As much of the protocol of NATS as a load needs: publish with a reply, subscribe, and hear. */
export class NatsClient {
  readonly #socket: Socket
  readonly #listeners = new Map<string, Heard>()
  readonly #waiting = new Map<string, Heard>()
  readonly #inbox = `_INBOX.${Math.floor(performance.now() * 1_000).toString(36)}${process.pid}`
  #bytes: Buffer = Buffer.alloc(0)
  #lastRequest = 0
  #lines: string[] = []

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#hear(chunk))
    socket.write('CONNECT {"verbose":false,"pedantic":false}\r\n')
    this.subscribe(`${this.#inbox}.*`, () => {})
  }

  /** null: nobody listens there. */
  static open(port: number): Promise<NatsClient | null> {
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true })
      socket.once('error', () => resolve(null))
      socket.once('connect', () => resolve(new NatsClient(socket)))
    })
  }

  subscribe(subject: string, heard: Heard): void {
    const id = String(this.#listeners.size + 1)
    this.#listeners.set(id, heard)
    this.#socket.write(`SUB ${subject} ${id}\r\n`)
  }

  /** Of one turn of the loop all goes out in one write, as our own wire does it. */
  request(subject: string, payload: string, withinMs: number | null = null): Promise<string | null> {
    this.#lastRequest += 1
    const reply = `${this.#inbox}.${this.#lastRequest}`
    return new Promise((resolve) => {
      const timer = withinMs === null ? undefined : setTimeout(() => this.#settle(reply, null), withinMs)
      this.#waiting.set(reply, (answer) => {
        clearTimeout(timer)
        resolve(answer.length === 0 ? null : answer.toString())
      })
      this.#lines.push(`PUB ${subject} ${reply} ${Buffer.byteLength(payload)}\r\n${payload}\r\n`)
      if (this.#lines.length > 1) return
      setImmediate(() => this.#socket.write(this.#lines.splice(0).join('')))
    })
  }

  close(): void {
    this.#socket.removeAllListeners().destroy()
  }

  #settle(reply: string, answer: Buffer | null): void {
    const waiting = this.#waiting.get(reply)
    this.#waiting.delete(reply)
    waiting?.(answer ?? Buffer.alloc(0))
  }

  #hear(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    for (let from = 0; ; ) {
      const end = this.#bytes.indexOf('\r\n', from)
      const line = end === -1 ? null : this.#bytes.toString('latin1', from, end)
      const taken = line === null ? null : this.#take(line, end + 2)
      if (taken === null) {
        this.#bytes = this.#bytes.subarray(from)
        return
      }
      from = taken
    }
  }

  /** Where the next word begins; null: this one is not all there. */
  #take(line: string, after: number): number | null {
    if (line === 'PING') this.#socket.write('PONG\r\n')
    if (!line.startsWith('MSG ')) return after
    const words = line.split(' ')
    const length = Number(words.at(-1))
    if (this.#bytes.length < after + length + 2) return null
    const payload = this.#bytes.subarray(after, after + length)
    const [, subject = '', id = ''] = words
    if (subject.startsWith(this.#inbox)) this.#settle(subject, payload)
    else this.#listeners.get(id)?.(payload)
    return after + length + 2
  }
}
