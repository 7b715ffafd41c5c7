import { RealChat } from '#roles/chat/testing/real-chat'
import { chatFanout } from './chat-fanout.ts'
import { flooded } from './chat-flood.ts'
import { gaps } from './chat-gaps.ts'
import type { ChatLoadReport } from './chat-load.ts'
import { asked } from './chat-questions.ts'
import { figure, type Role, Rounds, type Weighed } from './chat-rounds.ts'
import { type BenchOptions, type Figure, median, percentile, repeated } from './figures.ts'
import { underLoad } from './load-process.ts'
import { type NatsLab, openNatsLab } from './nats-lab.ts'
import type { NatsLoadOrder } from './nats-load.ts'

const senders = 64
const listeners = 3
/** As long as the notary's: servers that have just begun are slower until their code is compiled. The others get the same. */
const warmUpMessages = 20_000
/** Said one by one, with so much rest between them. */
const idle = { messages: 300, quickMessages: 100, restMs: 30 } as const

/** How fast the chat takes what is said and brings it to who listens, beside JetStream, and how it feels with much in it. */
export async function chat(options: BenchOptions): Promise<readonly Figure[]> {
  const { isQuick } = options
  const runs = isQuick ? 3 : 5
  const messages = isQuick ? 10_000 : 30_000
  const lab = await RealChat.open({ isQuiet: true, kills: 100 })
  try {
    await favourite(lab)
    const rounds = new Rounds(lab)
    const pairs = await besideNats(rounds, runs, messages)
    // After the load: a node that has just begun has not compiled what it does most.
    const one = await rounds.run({
      senders: 1,
      messages: isQuick ? idle.quickMessages : idle.messages,
      restMs: idle.restMs,
    })
    const loaded = pairs.map(({ ours }) => ours)
    const idleNote = `${one.seenMs.length} messages one by one, from before it is said until one who listens has read it`
    const about = `${senders} senders of one desk, 3 servers, all delivered to ${listeners} subscribers in the load's process`
    const theirs = pairs.flatMap(({ nats }) => nats ?? [])
    return [
      figure(
        'chat.durable_messages_per_s',
        median(loaded.map(perSecond)),
        '/s',
        about,
        medianOrNone(theirs.map(perSecond)),
      ),
      ...ratioToNats(pairs),
      figure(
        'chat.load_p99_ms',
        median(loaded.map(({ seenMs }) => percentile(seenMs, 99))),
        'ms',
        `sent to seen; ${about}`,
      ),
      ...costs(loaded),
      figure('chat.send_to_seen_p50_ms', median(one.seenMs), 'ms', idleNote),
      figure('chat.send_to_seen_p99_ms', percentile(one.seenMs, 99), 'ms', idleNote),
      ...(await asked(lab, rounds, isQuick)),
      ...(await flooded(lab, isQuick)),
      ...(await gaps(lab, isQuick ? 8 : 50)),
      ...(await chatFanout(options)),
    ]
  } finally {
    await lab.close()
  }
}

/** It leads in the end; until it does the lead changes once, which is nobody's load. */
async function favourite(lab: RealChat): Promise<void> {
  await lab.lab.until(() => lab.leaderNow()?.id === lab.servers.at(-1))
}

interface Pair {
  readonly ours: Weighed
  /** null: this machine has no NATS. */
  readonly nats: (ChatLoadReport & { readonly messages: number }) | null
}

/** One after the other in turns, both warm: what else the machine has to do changes, and is to meet both alike. */
async function besideNats(rounds: Rounds, runs: number, messages: number): Promise<readonly Pair[]> {
  const nats = await openNatsLab()
  if (nats === null) console.error('NATS is not installed (Debian: nats-server): no figure beside ours')
  let round = 0
  const theirs = async (count: number): Promise<Pair['nats']> => {
    round += 1
    return nats === null ? null : { ...(await natsLoad(nats, round, count)), messages: count }
  }
  const ours = async (count: number): Promise<Weighed> => {
    const run = await rounds.run({ senders, messages: count, restMs: 0 })
    await rounds.settled()
    return run
  }
  try {
    await theirs(warmUpMessages)
    await ours(warmUpMessages)
    return await repeated(runs, async () => ({ nats: await theirs(messages), ours: await ours(messages) }))
  } finally {
    await nats?.close()
  }
}

function natsLoad({ port }: NatsLab, round: number, messages: number): Promise<ChatLoadReport> {
  const order: NatsLoadOrder = { port, listeners, senders, messages, round }
  return underLoad('nats-load.ts', order, (report: ChatLoadReport) => report)
}

function ratioToNats(pairs: readonly Pair[]): readonly Figure[] {
  const ratios = pairs.flatMap(({ ours, nats }) => (nats === null ? [] : perSecond(ours) / perSecond(nats)))
  if (ratios.length === 0) return []
  const note = 'JetStream, file storage, 3 replicas, no fsync; the same load with a plain client, run by run in turns'
  return [figure('chat.ratio_jetstream', median(ratios), '', note)]
}

/** Beside the rate, because they hold on a machine that has other things to do. */
function costs(runs: readonly Weighed[]): readonly Figure[] {
  const roles: readonly (readonly [Role, string])[] = [
    ['leader', 'processor time of a message on the leader'],
    ['follower', 'the same on both followers together'],
    ['broker', 'the same in the broker'],
    ['proxy', 'the same in the proxy, for one publisher and three subscribers with CURVE'],
    ['load', 'the same in the load itself, senders and subscribers, with its start'],
  ]
  return roles.map(([role, note]) => {
    const each = median(runs.map(({ usedMs, messages }) => ((usedMs.get(role) ?? 0) * 1_000) / messages))
    return figure(`chat.${role}_us`, each, 'µs', note)
  })
}

function perSecond({ messages, tookMs }: { readonly messages: number; readonly tookMs: number }): number {
  return (messages / tookMs) * 1_000
}

function medianOrNone(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(values)
}
