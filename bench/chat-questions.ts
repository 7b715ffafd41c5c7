import type { NativeGuest } from '#roles/chat/testing/native-guest'
import type { RealChat } from '#roles/chat/testing/real-chat'
import { figure, type Rounds } from './chat-rounds.ts'
import type { Figure } from './figures.ts'

const wanted = 100_000
/** What a window asks when somebody opens a conversation. */
const rowsOfAPage = 50
const conversation = 'c:general'
/** The index is behind for a moment. */
const indexedWithinMs = 120_000

/** How long somebody waits who opens a channel with much in it, or looks for something there. */
export async function asked(lab: RealChat, rounds: Rounds, isQuick: boolean): Promise<readonly Figure[]> {
  const size = isQuick ? wanted / 5 : wanted
  const messages = (): number => lab.facts(leaderId(lab), 'server')?.messages ?? 0
  while (messages() < size)
    await rounds.run({ senders: 256, messages: Math.min(20_000, size - messages() + 100), restMs: 0 })
  await withinMs(
    indexedWithinMs,
    lab.lab.until(() => lab.facts(leaderId(lab), 'server')?.searchLag === 0),
  )
  const guest = await lab.guest('bench-reader')
  await guest.does({ kind: 'join', channel: 'general' })
  const times = isQuick ? 5 : 20
  const opened = await timed(times, () => opens(guest))
  const searched = await timed(times, (turn) => searches(guest, turn))
  const told = `slowest of ${times}, ${messages()} messages in the channel, asked through the broker`
  return [
    figure(
      'chat.open_ms',
      Math.max(...opened),
      'ms',
      `${told}: the conversation and its newest ${rowsOfAPage} messages`,
    ),
    figure(
      'chat.search_ms',
      Math.max(...searched),
      'ms',
      `${told}: a word that every eighth message has, or two of one`,
    ),
  ]
}

function leaderId(lab: RealChat) {
  return lab.leaderNow()?.id ?? lab.node('server-3')
}

async function opens(guest: NativeGuest): Promise<void> {
  const { conversation: row } = await guest.query({ kind: 'conversation', as: null, conversation })
  const from = (row?.lastNumber ?? 0) + 1
  const page = await guest.query({ kind: 'history', as: null, conversation, from, order: 'down', limit: rowsOfAPage })
  if (page?.messages.length !== rowsOfAPage) throw new Error('the newest messages are not there')
}

async function searches(guest: NativeGuest, turn: number): Promise<void> {
  const words = turn % 2 === 0 ? 'quorum' : `r3n${turn * 97}`
  const order = { words, from: null, in: null, beforeMs: null, cursor: null, limit: rowsOfAPage }
  const answer = await guest.ask({ kind: 'search', token: guest.token, order })
  if (answer.kind !== 'page' || answer.page.messages.length === 0) throw new Error(`${words} is not found`)
}

async function timed(times: number, work: (turn: number) => Promise<void>): Promise<readonly number[]> {
  const tookMs: number[] = []
  for (let turn = 0; turn < times; turn += 1) {
    const beganMs = performance.now()
    await work(turn)
    tookMs.push(performance.now() - beganMs)
  }
  return tookMs
}

async function withinMs<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
