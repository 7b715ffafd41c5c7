import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { curveKeyPair, Publisher, Subscriber } from 'zeromq'
import type { KeyPair } from '#contract/worker/protocol'
import { nodeId } from '#kit/ids'
import { type BenchOptions, type Figure, median } from './figures.ts'
import type { ForwarderOrder } from './forwarder-process.ts'
import { processorMs } from './processes.ts'

const host = '127.0.0.1'
const [from, to] = [
  { host, port: 27_557 },
  { host, port: 27_558 },
]
const subscribers = 3
const payloadBytes = 200
/** What is under way at most: nothing is to be dropped, or a forwarder that drops would look fast. */
const aheadMax = 3_000
const topic = 'general'

type Trust = ForwarderOrder['trust']
type Whose = ForwarderOrder['whose']

interface Run {
  readonly perSecond: number
  /** Of the forwarder's process, for one message to one subscriber. */
  readonly processorUs: number
}

/**
 * One publisher, three subscribers, and a forwarder in a process of its own: ours as the chat has it, beside a bare one of
 * ZeroMQ in the same run, turn by turn. The load is the same program and the same bare sockets for all.
 */
export async function chatFanout({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const messages = isQuick ? 20_000 : 100_000
  const rounds = isQuick ? 3 : 7
  const note = `${messages} messages of ${payloadBytes} bytes to ${subscribers} subscribers, median of ${rounds} runs`
  return [
    ...(await compared({ id: 'chat.fanout', trust: 'open', messages, rounds }, note)),
    ...(await compared({ id: 'chat.fanout_native', trust: 'lab', messages, rounds }, `both with CURVE; ${note}`)),
  ]
}

interface Comparison {
  readonly id: string
  readonly trust: Trust
  readonly messages: number
  readonly rounds: number
}

async function compared({ id, trust, messages, rounds }: Comparison, note: string): Promise<readonly Figure[]> {
  const runs: Record<Whose, Run[]> = { ours: [], bare: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const whose of ['bare', 'ours'] as const) runs[whose].push(await measured(whose, trust, messages))
  }
  const rates = [median(runs.ours.map((run) => run.perSecond)), median(runs.bare.map((run) => run.perSecond))] as const
  const costs = [
    median(runs.ours.map((run) => run.processorUs)),
    median(runs.bare.map((run) => run.processorUs)),
  ] as const
  const two = (value: number): number => Math.round(value * 100) / 100
  return [
    {
      id: `${id}_per_s`,
      value: rates[0],
      unit: '/s',
      beside: two(rates[1]),
      note: `deliveries, with the load on it; ${note}`,
    },
    { id: `${id}_ratio_zeromq`, value: rates[0] / rates[1], unit: 'x', beside: null, note: `ours / bare; ${note}` },
    {
      id: `${id}_us`,
      value: costs[0],
      unit: 'us',
      beside: two(costs[1]),
      note: `processor time of a delivery; ${note}`,
    },
  ]
}

async function measured(whose: Whose, trust: Trust, messages: number): Promise<Run> {
  const [keys, own] = [curveKeyPair(), curveKeyPair()]
  const forwarder = await started({
    whose,
    trust,
    from,
    to,
    keys,
    members: [{ nodeId: nodeId('load'), host, port: 0, publicKey: own.publicKey }],
  })
  const load = new Load(trust === 'lab' ? { own, serverKey: keys.publicKey } : null)
  try {
    await load.warm()
    const before = { cpuMs: processorMs(forwarder.pid ?? 0), atMs: performance.now() }
    await load.send(messages)
    const deliveries = messages * subscribers
    return {
      perSecond: (deliveries / (performance.now() - before.atMs)) * 1_000,
      processorUs: ((processorMs(forwarder.pid ?? 0) - before.cpuMs) * 1_000) / deliveries,
    }
  } finally {
    load.close()
    forwarder.kill('SIGKILL')
    await once(forwarder, 'exit')
  }
}

async function started(order: ForwarderOrder): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('forwarder-process.ts', import.meta.url)), { serialization: 'advanced' })
  child.send(order)
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the forwarder ended before it forwarded')))
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {}) // it is ended on purpose later
  return child
}

interface Trusted {
  readonly own: KeyPair
  readonly serverKey: string
}

class Load {
  readonly #publisher: Publisher
  readonly #subscribers: readonly Subscriber[]
  /** By subscriber. */
  readonly #heard: number[]
  #sent = 0
  #onHeard: () => void = () => {}

  constructor(trusted: Trusted | null) {
    const security = trusted === null ? {} : curveOf(trusted)
    const options = { ...security, linger: 0 }
    this.#publisher = new Publisher({ ...options, sendHighWaterMark: 0 })
    this.#publisher.connect(`tcp://${from.host}:${from.port}`)
    this.#subscribers = Array.from(
      { length: subscribers },
      () => new Subscriber({ ...options, receiveHighWaterMark: 0 }),
    )
    this.#heard = this.#subscribers.map(() => 0)
    this.#subscribers.forEach((subscriber, index) => {
      subscriber.subscribe(topic)
      subscriber.connect(`tcp://${to.host}:${to.port}`)
      void this.#read(subscriber, index)
    })
  }

  /** Until all subscribers hear; what was said before does not count. */
  async warm(): Promise<void> {
    while (Math.min(...this.#heard) === 0) {
      await this.#publisher.send([topic, 'warm'])
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
    this.#heard.fill(0)
  }

  async send(messages: number): Promise<void> {
    const payload = Buffer.alloc(payloadBytes, 'x')
    for (this.#sent = 0; this.#sent < messages; this.#sent += 1) {
      while (this.#sent - Math.min(...this.#heard) >= aheadMax) await this.#more()
      await this.#publisher.send([topic, payload])
    }
    while (Math.min(...this.#heard) < messages) await this.#more()
  }

  close(): void {
    for (const socket of [this.#publisher, ...this.#subscribers]) socket.close()
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#onHeard = resolve
    })
  }

  async #read(subscriber: Subscriber, index: number): Promise<void> {
    try {
      for await (const _ of subscriber) {
        this.#heard[index] = (this.#heard[index] ?? 0) + 1
        this.#onHeard()
      }
    } catch (error) {
      // Closed while it waited: the end of a run.
      if (!subscriber.closed) throw error
    }
  }
}

function curveOf({ own, serverKey }: Trusted) {
  return { curvePublicKey: own.publicKey, curveSecretKey: own.secretKey, curveServerKey: serverKey }
}
