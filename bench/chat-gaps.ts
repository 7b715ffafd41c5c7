import { Random } from '#kit/random'
import type { NativeGuest } from '#roles/chat/testing/native-guest'
import type { RealChat } from '#roles/chat/testing/real-chat'
import { figure } from './chat-rounds.ts'
import { type Figure, median, percentile } from './figures.ts'

/** Between two kills the chat rests this long at least, and up to as much again, so that kills hit every phase. */
const restMs = 400
const senders = 4
const conversation = 'c:dev'

/**
 * kill -9 of the leader while somebody talks and somebody listens: the longest time in which the listener hears nothing,
 * until what was said after the kill arrives.
 */
export async function gaps(lab: RealChat, kills: number): Promise<readonly Figure[]> {
  const [speaker, listener] = [await lab.guest('bench-speaker'), await lab.guest()]
  await speaker.does({ kind: 'join', channel: 'dev' })
  const heard = new Silence(listener)
  const talk = new Talk(speaker)
  const random = new Random('gaps')
  const gapsMs: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    await lab.lab.until(() => lab.spec.nodes.every(({ id }) => lab.isRunning(id)))
    await new Promise((resolve) => setTimeout(resolve, restMs + random.below(restMs)))
    const leader = (await lab.leader()).id
    lab.kill(leader)
    gapsMs.push(await heard.longestFrom(talk.next))
  }
  await talk.stop()
  const note = `${kills} kills -9 of the leader while ${senders} talk; what one who listens waits between two messages`
  return [
    figure('chat.gap_median_ms', median(gapsMs), 'ms', note),
    figure('chat.gap_slowest_ms', percentile(gapsMs, 100), 'ms', note),
  ]
}

/** Says one number after the other. */
class Talk {
  /** What is said next. */
  next = 0
  readonly #senders: readonly Promise<void>[]
  #isOver = false

  constructor(speaker: NativeGuest) {
    const talk = async (): Promise<void> => {
      while (!this.#isOver) {
        const text = String(this.next)
        this.next += 1
        await speaker.does({
          kind: 'say',
          to: { kind: 'channel', name: 'dev' },
          text,
          replyTo: null,
          through: 'native',
        })
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    this.#senders = Array.from({ length: senders }, talk)
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#senders)
  }
}

class Silence {
  #lastMs = performance.now()
  #longestMs = 0
  #waiting: { readonly from: number; readonly done: (longestMs: number) => void } | null = null

  constructor(listener: NativeGuest) {
    listener.hear(`${conversation}\u0001`, ({ what }) => {
      if (what.kind === 'message') this.#heard(Number(what.message.text))
    })
  }

  /** Until something is heard that is said from now on. */
  longestFrom(next: number): Promise<number> {
    this.#longestMs = 0
    return new Promise((done) => {
      this.#waiting = { from: next, done }
    })
  }

  #heard(said: number): void {
    const nowMs = performance.now()
    this.#longestMs = Math.max(this.#longestMs, nowMs - this.#lastMs)
    this.#lastMs = nowMs
    if (this.#waiting === null || said < this.#waiting.from) return
    this.#waiting.done(this.#longestMs)
    this.#waiting = null
  }
}
