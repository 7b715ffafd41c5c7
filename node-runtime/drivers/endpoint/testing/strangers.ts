import { request as ask, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import type { Endpoint, EndpointRequest, Handler } from '#ports/endpoint'
import { done, type Told } from '#ports/testing/endpoint-suite'
import { VirtualClock } from '#sim/virtual-clock'
import { type OpenEndpoint, openEndpoint } from '../index.ts'
import type { Limits } from '../limits.ts'

export const host = '127.0.0.1'
const opened: OpenEndpoint[] = []
const strangers: RawStranger[] = []
afterEach(async () => {
  for (const { socket } of strangers.splice(0)) socket.destroy()
  for (const endpoint of opened.splice(0)) await endpoint.close()
})

export async function open(limits: Partial<Limits> = {}, clock = new VirtualClock(0, 0)): Promise<OpenEndpoint> {
  const endpoint = await openEndpoint({ host, port: 0, clock, limits })
  if (!endpoint.ok) throw new Error(endpoint.failure.message)
  opened.push(endpoint.value)
  return endpoint.value
}

export async function serving(handler: Handler, limits?: Partial<Limits>): Promise<OpenEndpoint> {
  const endpoint = await open(limits)
  endpoint.serve(handler)
  return endpoint
}

export const atOnce: Handler = (_, answer) => answer(done)

export function stranger(endpoint: OpenEndpoint): RawStranger {
  const one = new RawStranger(endpoint)
  strangers.push(one)
  return one
}

export const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`

/** Asks as any program does. Null: the answer was broken off. */
export function askOver(endpoint: Endpoint, asked: Partial<EndpointRequest>): Promise<Told | null> {
  const { method = 'GET', path = '/', query = new Map<string, string>(), headers = {}, body } = asked
  const search = query.size === 0 ? '' : `?${new URLSearchParams([...query])}`
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
    const asking = ask({ ...endpoint.address, method, path: encodeURI(path) + search, headers: given }, (message) => {
      whole(message).then((text) => resolve(text === null ? null : toldBy(message, text)), reject)
    })
    asking.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(null) : reject(error),
    )
    asking.end(body)
  })
}

function toldBy({ statusCode = 0, headers }: IncomingMessage, body: string): Told {
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  return { status: statusCode, headers: Object.fromEntries(named), body }
}

function whole(message: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    message.on('data', (part: Buffer) => parts.push(part))
    message.once('error', () => resolve(null))
    message.once('end', () => resolve(Buffer.concat(parts).toString()))
  })
}

/** Somebody who says to a socket what no library would. */
export class RawStranger {
  readonly socket: Socket
  #heard = ''
  #isClosed = false

  constructor({ address }: Endpoint) {
    this.socket = connect(address)
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text) => {
      this.#heard += String(text)
    })
    this.socket.on('error', () => undefined)
    this.socket.once('close', () => {
      this.#isClosed = true
    })
  }

  get heard(): string {
    return this.#heard
  }

  say(text: string): void {
    this.socket.write(text, 'latin1')
  }

  /** Until it has heard this. */
  async hears(text: string): Promise<void> {
    await until(() => this.#heard.includes(text) || this.#isClosed)
    if (!this.#heard.includes(text)) throw new Error(`hung up after ${JSON.stringify(this.#heard)}`)
  }

  async isHungUp(): Promise<true> {
    await until(() => this.#isClosed)
    return true
  }
}

export async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setImmediate(resolve))
}
