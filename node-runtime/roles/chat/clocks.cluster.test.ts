import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NativeGuest } from './testing/native-guest.ts'
import { RealChat } from './testing/real-chat.ts'

const withinMs = 60_000
const apartMsMax = 20
/** Of a message: as much as the clocks may be apart, and what a busy machine takes to ask them. */
const stampedOffMsMax = 200

let chat: RealChat
let guest: NativeGuest
beforeAll(async () => {
  chat = await RealChat.open()
  await chat.leader()
  guest = await chat.guest('ana')
  await guest.does({ kind: 'join', channel: 'general' })
  await chat.lab.until(isTogether)
})
afterAll(() => chat.close())

/** How far the servers' clocks are from each other, as each of them shows its own: this machine has one. */
function apartMs(): number {
  const offsets = chat.servers.map((id) => {
    const { view } = chat.lab.node(id)
    return view?.clockSync?.lastSyncMsAgo == null ? Number.POSITIVE_INFINITY : view.skewMs + view.clockSync.offsetMs
  })
  return Math.max(...offsets) - Math.min(...offsets)
}

/** Who coordinates says that a clock stands out. */
function isSeenOff(): boolean {
  return chat.servers.some((id) => (chat.lab.node(id).view?.clockSync?.outliers.length ?? 0) > 0)
}

function isTogether(): boolean {
  return apartMs() <= apartMsMax && !isSeenOff()
}

/** How far the time of what is said now lies outside of when it was asked and when it was answered. */
async function stampedOffMs(): Promise<number> {
  const to = { kind: 'channel', name: 'general' } as const
  const beganMs = Date.now()
  const said = await guest.act({ kind: 'say', to, text: 'what time is it?', replyTo: null, through: 'native' })
  const atMs = said.kind === 'refused' ? 0 : (said.event?.atMs ?? 0)
  return Math.max(beganMs - atMs, atMs - Date.now(), 0)
}

describe('the clocks of a real chat', () => {
  it(`are within ${apartMsMax} ms a minute after one was put off by five seconds, a follower's or the coordinator's`, async () => {
    const leader = (await chat.leader()).id
    const follower = chat.servers.find((id) => id !== leader) ?? leader
    for (const [node, ms] of [
      [follower, 5_000],
      [leader, -5_000],
    ] as const) {
      const offMs = performance.now()
      expect(chat.lab.supervisor.inject({ kind: 'skew', node, ms }, null)).toMatchObject({ ok: true })
      await chat.lab.until(() => chat.lab.node(node).view?.skewMs === ms && isSeenOff())
      await chat.lab.until(isTogether)
      expect(performance.now() - offMs).toBeLessThan(withinMs)
      expect(await stampedOffMs()).toBeLessThan(stampedOffMsMax)
    }
  })
})
