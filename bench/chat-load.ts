import { randomBytes } from 'node:crypto'
import { ByteReader } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { eventsIn } from '#roles/chat/native-topics'
import { NativeGuest } from '#roles/chat/testing/native-guest'
import type { ClusterSpec } from '#supervisor/presets'
import { loadWarmUp, type TextRange, textOf } from './chat-texts.ts'

/** What the load process is told, and what it tells. */
export interface ChatLoadOrder {
  readonly labDir: string
  readonly spec: ClusterSpec
  /** The first of them speaks, all others listen. */
  readonly guests: readonly NodeId[]
  readonly channel: string
  /** So many speak at once, each with one message under way. */
  readonly senders: number
  readonly messages: number
  /** Of another one nothing is said again, and nobody is called the same. */
  readonly round: number
  /** Between two messages of a sender. */
  readonly restMs: number
}

export interface ChatLoadReport {
  /** Until every message was answered and all who listen had it. */
  readonly tookMs: number
  /** Of each message, until whoever listens first had it. */
  readonly seenMs: readonly number[]
}

const lookAgainMs = 20
const idBytes = 16

if (process.send !== undefined) {
  process.on('disconnect', () => process.exit(0))
  process.once('message', (order: ChatLoadOrder) => {
    void load(order).then((report) => process.send?.(report))
  })
}

async function load(order: ChatLoadOrder): Promise<ChatLoadReport> {
  const guests: NativeGuest[] = []
  for (const id of order.guests) guests.push(await NativeGuest.open(order.labDir, order.spec, id))
  const [speaker, ...listeners] = guests
  if (speaker === undefined) throw new Error('somebody has to speak')
  await speaker.signUp(`bench-${order.round}`)
  await speaker.does({ kind: 'join', channel: order.channel })
  const heard = new Heard(order, listeners)
  const say = (text: string): Promise<void> => said(speaker, order.channel, text)
  await heard.toTheLast(say)
  const run = async (part: TextRange): Promise<number> => {
    const sentMs = new Map<string, number>()
    const all = heard.begin(part.count, sentMs)
    const beganMs = performance.now()
    await Promise.all([sayAll(speaker, { ...order, part }, sentMs), all])
    return performance.now() - beganMs
  }
  if (order.restMs === 0) await run({ from: order.messages, count: loadWarmUp })
  const tookMs = await run({ from: 0, count: order.messages })
  for (const guest of guests) await guest.close()
  return { tookMs, seenMs: heard.seenMs }
}

type Part = Pick<ChatLoadOrder, 'channel' | 'round' | 'senders' | 'restMs'> & { readonly part: TextRange }

/** Resolves when all is answered. */
function sayAll(speaker: NativeGuest, order: Part, sentMs: Map<string, number>): Promise<void> {
  const { from, count } = order.part
  const ids = randomBytes(idBytes * count)
  const to = { kind: 'channel', name: order.channel } as const
  let [left, open] = [count, order.senders]
  return new Promise((resolve, reject) => {
    const next = (): void => {
      if (left === 0) {
        open -= 1
        return open === 0 ? resolve() : undefined
      }
      left -= 1
      const id = ids.toString('hex', left * idBytes, (left + 1) * idBytes)
      const text = textOf(order.round, from + left)
      const what = { kind: 'say', to, text, replyTo: null, through: 'native' } as const
      sentMs.set(text, performance.now())
      speaker.askUnwatched({ kind: 'act', token: speaker.token, deed: { id, actor: null, what } }, id, (said) => {
        if (said.kind !== 'outcome' || said.outcome.kind === 'refused') return reject(new Error(JSON.stringify(said)))
        if (order.restMs === 0) next()
        else setTimeout(next, order.restMs)
      })
    }
    for (let sender = 0; sender < order.senders; sender += 1) next()
  })
}

/** What those who listen have heard. All but the first only count: reading is the windows' work, and each has its own. */
class Heard {
  seenMs: number[] = []
  #messages = 0
  readonly #counts: number[]
  #sentMs: ReadonlyMap<string, number> = new Map()
  #last = ''
  #onAll: () => void = () => {}

  constructor({ channel }: ChatLoadOrder, listeners: readonly NativeGuest[]) {
    this.#counts = listeners.map(() => 0)
    for (const [place, listener] of listeners.entries()) {
      listener.hearUnread(`c:${channel}`, (payload) => {
        if (place === 0) this.#read(payload)
        this.#counts[place] = (this.#counts[place] ?? 0) + eventsCountedIn(payload)
        if (this.#messages > 0 && this.#counts.every((count) => count >= this.#messages)) this.#onAll()
      })
    }
  }

  /** Until everybody hears, and has heard all that was said to find that out. */
  async toTheLast(say: (text: string) => Promise<void>): Promise<void> {
    for (let turn = 1; this.#counts.includes(0); turn += 1) await say(`is anybody there, ${turn}?`)
    await say('all are there')
    while (this.#last !== 'all are there') await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
    // Each has its own connection: the others may be some messages behind.
    for (let before = ''; before !== this.#counts.join(); ) {
      before = this.#counts.join()
      await new Promise((resolve) => setTimeout(resolve, 10 * lookAgainMs))
    }
  }

  begin(messages: number, sentMs: ReadonlyMap<string, number>): Promise<void> {
    this.#messages = messages
    this.#sentMs = sentMs
    this.seenMs = []
    this.#counts.fill(0)
    return new Promise((resolve) => {
      this.#onAll = resolve
    })
  }

  #read(payload: Uint8Array): void {
    for (const { what } of eventsIn(payload)) {
      if (what.kind !== 'message') continue
      this.#last = what.message.text
      const atMs = this.#sentMs.get(this.#last)
      if (atMs !== undefined) this.seenMs.push(performance.now() - atMs)
    }
  }
}

function eventsCountedIn(payload: Uint8Array): number {
  const reader = new ByteReader(payload)
  let count = 0
  for (; !reader.isDone; count += 1) reader.bytes()
  return count
}

function said(speaker: NativeGuest, channel: string, text: string): Promise<void> {
  const to = { kind: 'channel', name: channel } as const
  return speaker.does({ kind: 'say', to, text, replyTo: null, through: 'native' }, randomBytes(16).toString('hex'))
}
