import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type ChatCallName,
  type ChatHistoryPage,
  type ChatInput,
  type ChatOutput,
  type ChatRow,
  chatDeskLimits,
  type HistoryFrom,
} from '#contract/worker/chat-calls'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { restartLimits } from '#supervisor/restart-budget'
import { agreedLeader, openRealLab, pidOf, type RealLab, testClusters } from '#supervisor/testing/real-lab'
import { chatHandlers } from '../../../host/chat-handlers.ts'
import { freshId } from './asker.ts'

/** `COLMEIA_KILLS=50` for the long one. */
const kills = Number(process.env.COLMEIA_KILLS ?? 5)
const password = 'uma senha longa'
const conversation = 'c:general'
const servers = [1, 2, 3].map((number) => nodeId(`chat-server-${number}`))
const random = new Random('a desk of real processes')

let lab: RealLab
beforeEach(() => {
  const clusters = testClusters.map((spec) => ({
    ...spec,
    // Nobody else is to talk here.
    nodes: spec.nodes.filter(({ role }) => role !== 'chat-bot'),
  }))
  lab = openRealLab({
    clusters,
    limits: { restart: { ...restartLimits, crashesMax: 2 * kills + 10, delayMsMax: 500 } },
  })
})
afterEach(() => lab.close())

async function start(): Promise<void> {
  for (const id of ['chat', 'desk']) {
    const started = await lab.supervisor.startCluster(clusterId(id))
    if (!started.ok) throw new Error(started.failure.message)
  }
}

function leaderNow() {
  return agreedLeader(servers.map((id) => lab.node(id)))
}

async function call<Name extends ChatCallName>(name: Name, input: ChatInput<Name>): Promise<Result<ChatOutput<Name>>> {
  const handlers = chatHandlers(lab.supervisor)
  const handler = handlers[name] as (input: ChatInput<Name>) => Promise<Result<ChatOutput<Name>>> // its own name
  return handler(input)
}

/** Until it is answered: whoever asks while something is killed asks again. */
async function get<Name extends ChatCallName>(name: Name, input: ChatInput<Name>): Promise<ChatOutput<Name>> {
  const passing = ['timed-out', 'node-down', 'worker-crashed', 'not-ready', 'busy']
  for (;;) {
    const result = await call(name, input)
    if (result.ok) return result.value
    if (!passing.includes(result.failure.code))
      throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
    await lab.until(() => lab.node(nodeId('desk')).state.kind === 'running')
  }
}

async function join(user: string): Promise<string> {
  const { session } = await get('chat.signUp', { user, password })
  await get('chat.join', { session, channel: 'general' })
  return session
}

async function say(session: string, text: string): Promise<string> {
  const id = freshId(random)
  await get('chat.say', { session, conversation, id, text, replyTo: null })
  return id
}

/** The whole conversation, page by page. */
async function all(session: string): Promise<readonly ChatRow[]> {
  const rows: ChatRow[] = []
  for (let from: HistoryFrom = { kind: 'newest' }; ; ) {
    const page: ChatHistoryPage = await get('chat.history', { session, conversation, from, limit: 200 })
    rows.unshift(...page.rows)
    const place = page.rows[0]?.place ?? null
    if (page.isBeginning || place === null) return rows
    from = { kind: 'before', place }
  }
}

/** What a window of that user is told, until it has enough. */
async function watch(
  session: string,
  isEnough: (rows: ReadonlyMap<string, ChatRow>) => boolean,
): Promise<ReadonlyMap<string, ChatRow>> {
  const rows = new Map<string, ChatRow>()
  let after: number | null = null
  while (!isEnough(rows)) {
    const told: ChatOutput<'chat.changes'> = await get('chat.changes', {
      session,
      after,
      waitMs: 2_000,
      open: conversation,
    })
    for (const change of told.changes) if (change.kind === 'row') rows.set(change.row.id, change.row)
    if (after === null || told.isForgotten) {
      for (const row of await all(session)) rows.set(row.id, row)
    }
    after = told.upTo
  }
  return rows
}

const kill = (id: NodeId): void => {
  process.kill(pidOf(lab.node(id)), 'SIGKILL')
}

it(`loses and doubles nothing for people in ${kills} kills, of its own node among others`, {
  timeout: 120_000 + kills * 15_000,
}, async () => {
  await start()
  await lab.until(leaderNow)
  const [ana, bia] = [await join('ana'), await join('bia')]
  const said: string[] = []
  const victims = ['leader', 'desk', 'chat-proxy', 'chat-broker', 'chat-reference']
  for (let round = 0; round < kills; round += 1) {
    for (let count = 0; count < 10; count += 1) {
      said.push(await say(count % 3 === 0 ? bia : ana, `rodada ${round}, ${count}`))
      if (count !== 4) continue
      const name = victims[round % victims.length] ?? 'desk'
      const victim = name === 'leader' ? (await lab.until(leaderNow)).id : nodeId(name)
      // It may still be on its way back from the last time.
      await lab.until(() => lab.node(victim).state.kind === 'running')
      kill(victim)
    }
  }
  const shown = await watch(bia, (rows) => said.every((id) => rows.get(id)?.place != null))
  expect(shown.size).toBe(said.length)
  const placed = [...shown.values()].sort((one, other) => ((one.place ?? '') < (other.place ?? '') ? -1 : 1))
  for (const user of ['ana', 'bia']) {
    const own = said.filter((id) => shown.get(id)?.author === user)
    expect(placed.filter(({ author }) => author === user).map(({ id }) => id)).toEqual(own)
  }
  expect((await all(ana)).map(({ id }) => id)).toEqual(placed.map(({ id }) => id))
})

it('tells a window within moments, and how long nobody led', async () => {
  await start()
  await lab.until(leaderNow)
  const [ana, bia] = [await join('ana'), await join('bia')]
  await watch(bia, () => true)
  const beginning = await get('chat.changes', { session: bia, after: null, waitMs: 0, open: conversation })
  let { upTo } = beginning
  const waitMs = chatDeskLimits.waitMsMax
  const tookMs: number[] = []
  for (let count = 0; count < 20; count += 1) {
    const from = performance.now()
    const id = await say(ana, `mensagem ${count}`)
    for (let isTold = false; !isTold; ) {
      const told = await get('chat.changes', { session: bia, after: upTo, waitMs, open: conversation })
      isTold = told.changes.some((change) => change.kind === 'row' && change.row.id === id)
      upTo = told.upTo
    }
    tookMs.push(performance.now() - from)
  }
  const median = tookMs.sort((one, other) => one - other)[10] ?? Number.POSITIVE_INFINITY
  // By what has happened and not by the end of the wait; how many moments it takes is what the bench shows.
  expect(median).toBeLessThan(waitMs / 2)
  const leader = await lab.until(leaderNow)
  kill(leader.id)
  const id = await say(ana, 'sem líder')
  await watch(bia, (rows) => rows.has(id))
  for (;;) {
    const { gaps } = await get('chat.status', {})
    const [gap] = gaps
    if (gap === undefined) {
      await get('chat.changes', { session: bia, after: upTo, waitMs: 200, open: conversation })
      continue
    }
    expect(gap.ms).toBeGreaterThan(100)
    expect(gap.leader).not.toBe(leader.id)
    break
  }
})

it('is chosen to be answered by everyone, and people talk by names without passwords', async () => {
  const change = { profile: 'everyone' } as const
  const chosen = await chatHandlers(lab.supervisor)['chat.configure']({ clusterId: clusterId('chat'), change })
  expect(chosen).toMatchObject({ ok: true, value: { settings: change } })
  await start()
  const join = async (user: string) => (await get('chat.signIn', { user, password: '' })).session
  const [ana, bia] = [await join('ana'), await join('bia')]
  const said: string[] = []
  for (let count = 0; count < 6; count += 1) {
    said.push(await say(ana, `mensagem ${count}`))
    if (count === 2) kill(nodeId('chat-server-2'))
  }
  const rows = await watch(bia, (shown) => said.every((id) => shown.get(id)?.place != null))
  expect(said.map((id) => rows.get(id)?.state)).toEqual(said.map(() => ({ kind: 'stored', copies: 1, servers: 3 })))
  const again = await chatHandlers(lab.supervisor)['chat.configure']({
    clusterId: clusterId('chat'),
    change: { profile: 'leader' },
  })
  expect(again).toMatchObject({ failure: { code: 'does-not-apply' } })
})
