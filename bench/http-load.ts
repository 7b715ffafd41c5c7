import { randomBytes, randomFillSync } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What the load process is told, and what it tells. */
export interface HttpLoadOrder {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly clients: number
  readonly requests: number
  readonly body: BodyKind
  /** Documents of one request, where a body has several. */
  readonly documents: number
}

export interface HttpLoadReport {
  readonly tookMs: number
  /** Requests answered, by status. */
  readonly byStatus: Readonly<Record<number, number>>
  readonly latenciesMs: readonly number[]
}

/** `none`: a GET. */
export type BodyKind = 'registration' | 'batch' | 'etcd-put' | 'order' | 'none'

if (process.send !== undefined) {
  process.on('disconnect', () => process.exit(0))
  process.once('message', (order: HttpLoadOrder) => {
    void load(order).then((report) => process.send?.(report))
  })
}

/** As many connections as clients, each with one request under way: the same plain client whoever answers. */
async function load(order: HttpLoadOrder): Promise<HttpLoadReport> {
  const byStatus: Record<number, number> = {}
  const latenciesMs: number[] = []
  let left = order.requests
  const bodies = Array.from({ length: order.requests }, () => Buffer.from(request(order), 'latin1'))
  const sockets = await Promise.all(Array.from({ length: order.clients }, () => connected(order)))
  const beganMs = performance.now()
  const client = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let atMs = 0
      const answer = new Answer()
      const next = (): void => {
        if (left === 0) return resolve()
        left -= 1
        atMs = performance.now()
        socket.write(bodies[left] ?? '')
      }
      socket.on('data', (chunk: string) => {
        const status = answer.take(chunk)
        if (status === null) return
        byStatus[status] = (byStatus[status] ?? 0) + 1
        latenciesMs.push(performance.now() - atMs)
        next()
      })
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the server hung up')))
      next()
    })
  await Promise.all(sockets.map(client))
  const tookMs = performance.now() - beganMs
  for (const socket of sockets) socket.removeAllListeners().destroy()
  return { tookMs, byStatus, latenciesMs }
}

function connected({ host, port }: HttpLoadOrder): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    socket.setEncoding('latin1')
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket.off('error', reject)))
  })
}

function request(order: HttpLoadOrder): string {
  const body = bodyOf(order)
  const at = `${order.path} HTTP/1.1\r\nHost: ${order.host}:${order.port}\r\n`
  if (order.body === 'none') return `GET ${at}\r\n`
  const key = order.body === 'order' ? `Idempotency-Key: ${freshHash()}\r\n` : ''
  return `POST ${at}${key}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function bodyOf({ body, documents }: HttpLoadOrder): string {
  switch (body) {
    case 'registration':
      return registration()
    case 'batch':
      return `{"registrations":[${Array.from({ length: documents }, registration).join(',')}]}`
    case 'order':
      return '{"nome":"Ana","telefone":"11 99999-0000","itens":[{"produto_id":4,"quantidade":1}]}'
    case 'none':
      return ''
    case 'etcd-put':
      return JSON.stringify({ key: randomBytes(16).toString('base64'), value: payload.toString('base64') })
  }
}

const payload = randomBytes(300)

const luck = Buffer.alloc(64 * 1024)
let luckUsed = luck.length

/** One call for chance serves thousands: asking for 32 bytes each time costs more than all the rest of a document. */
function freshHash(): string {
  if (luckUsed === luck.length) {
    randomFillSync(luck)
    luckUsed = 0
  }
  luckUsed += 32
  return luck.toString('hex', luckUsed - 32, luckUsed)
}

function registration(): string {
  const sha256 = freshHash()
  return `{"sha256":"${sha256}","bytes":120000,"title":"Contract ${sha256.slice(0, 8)} of the bench.pdf","registrant":"bench"}`
}

/** The answers of one connection, one after the other. What they say is not kept: reading it is not what is measured. */
class Answer {
  /** Of the head, while it is not all there. */
  #head = ''
  #status = 0
  /** Bytes that are yet to come; null: the head says only that an end is going to be marked. */
  #left: number | null = 0
  /** The last letters, where the mark may have begun. */
  #tail = ''
  #isInBody = false

  /** The status, with the last piece of an answer. */
  take(chunk: string): number | null {
    const body = this.#isInBody ? chunk : this.#bodyIn(chunk)
    if (body === null) return null
    if (this.#left === null) {
      this.#tail = (this.#tail + body.slice(-endMark.length)).slice(-endMark.length)
      if (this.#tail !== endMark) return null
    } else {
      this.#left -= body.length
      if (this.#left > 0) return null
    }
    this.#isInBody = false
    return this.#status
  }

  /** null: the head is not all there yet. */
  #bodyIn(chunk: string): string | null {
    this.#head += chunk
    const end = this.#head.indexOf('\r\n\r\n')
    if (end < 0) return null
    const fields = this.#head.slice(0, end)
    const body = this.#head.slice(end + 4)
    const length = /\r\ncontent-length: (\d+)/i.exec(fields)?.[1]
    this.#head = ''
    this.#tail = '\r\n'
    this.#status = Number(fields.slice(9, 12))
    this.#left = length === undefined ? null : Number(length)
    this.#isInBody = true
    return body
  }
}

/** Of a body without a length. */
const endMark = '\r\n0\r\n\r\n'
