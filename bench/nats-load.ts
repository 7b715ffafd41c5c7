import type { ChatLoadReport } from './chat-load.ts'
import { loadWarmUp, type TextRange, textOf } from './chat-texts.ts'
import { NatsClient } from './nats-client.ts'
import { natsSubject } from './nats-lab.ts'

export interface NatsLoadOrder {
  readonly port: number
  readonly listeners: number
  readonly senders: number
  readonly messages: number
  readonly round: number
}

if (process.send !== undefined) {
  process.on('disconnect', () => process.exit(0))
  process.once('message', (order: NatsLoadOrder) => {
    void load(order).then((report) => process.send?.(report))
  })
}

/** The same as the chat's own load: a message is over when it is acknowledged, and the load when all who listen have all. */
async function load({ port, listeners, senders, messages, round }: NatsLoadOrder): Promise<ChatLoadReport> {
  const open = async (): Promise<NatsClient> => {
    const client = await NatsClient.open(port)
    if (client === null) throw new Error('NATS is gone')
    return client
  }
  const speaker = await open()
  let sentMs = new Map<string, number>()
  let seenMs: number[] = []
  const hearers = await Promise.all(Array.from({ length: listeners }, open))
  let left = 0
  let onAll = (): void => {}
  for (const [place, hearer] of hearers.entries()) {
    hearer.subscribe(natsSubject, (payload) => {
      if (place === 0) seenMs.push(performance.now() - (sentMs.get(payload.toString()) ?? 0))
      left -= 1
      if (left === 0) onAll()
    })
  }
  // What is asked after a subscription on the same connection finds it there.
  for (const hearer of hearers) await hearer.request('$JS.API.INFO', '', 5_000)
  const run = async ({ from, count }: TextRange): Promise<number> => {
    sentMs = new Map()
    seenMs = []
    left = count * listeners
    const all = new Promise<void>((resolve) => {
      onAll = resolve
    })
    const beganMs = performance.now()
    let unsaid = count
    const sender = async (): Promise<void> => {
      while (unsaid > 0) {
        unsaid -= 1
        const text = textOf(round, from + unsaid)
        sentMs.set(text, performance.now())
        const answer = await speaker.request(natsSubject, text)
        if (answer?.includes('"seq"') !== true) throw new Error(`JetStream says ${answer}`)
      }
    }
    await Promise.all([...Array.from({ length: senders }, sender), all])
    return performance.now() - beganMs
  }
  await run({ from: messages, count: loadWarmUp })
  const tookMs = await run({ from: 0, count: messages })
  for (const client of [speaker, ...hearers]) client.close()
  return { tookMs, seenMs }
}
