import { describe, expect, it } from 'vitest'
import { chatLimits } from '#cores/chat/limits'
import { VirtualChat } from '../testing/virtual-chat.ts'

describe('what the leader does unasked', () => {
  it('is a key for tokens, once, also when another comes to lead', () => {
    const chat = new VirtualChat()
    const first = chat.untilLed()
    chat.hosts.run(3_000)
    const keys = chat.found({ kind: 'token-keys' }).keys
    expect(keys).toHaveLength(1)
    expect(keys[0]!.key).toHaveLength(32)
    chat.powerOff(first)
    chat.hosts.until(() => chat.leader !== null)
    chat.hosts.run(3_000)
    expect(chat.found({ kind: 'token-keys' }).keys).toEqual(keys)
  })

  it('is passing on a lock whose holder is gone', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    const [ana, bia] = [chat.signUp('ana'), chat.signUp('bia')]
    const ask = (token: string, holder: string) => chat.act(token, { kind: 'ask-lock', lock: 'channel:aulas', holder })
    const first = ask(ana, 'desk/1')
    const fence = first.kind === 'done' ? first.fence : null
    expect(fence).toBeGreaterThan(0)
    expect(ask(bia, 'desk/2')).toMatchObject({ kind: 'done', fence: null })
    const holder = () => chat.found({ kind: 'locks', after: null, limit: 9 }).locks[0]?.holder
    chat.hosts.run(chatLimits.lockMs / 2)
    expect(holder()).toBe('desk/1')
    chat.hosts.until(() => holder() === 'desk/2', chatLimits.lockMs)
    chat.hosts.run(20)
    const events = chat.events.flatMap(({ what }) => (what.kind === 'lock' ? [what.lock] : []))
    expect(events.at(-1)).toMatchObject({ holder: 'desk/2', waiting: [] })
    expect(events.at(-1)!.fence).toBeGreaterThan(fence ?? 0)
  })
})

describe('passing things', () => {
  it('are told to who reads there, by who is there, and kept by nobody', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    const [ana, bia] = [chat.signUp('ana'), chat.signUp('bia')]
    chat.act(ana, { kind: 'join', channel: 'general' })
    const { position } = chat.found({ kind: 'status' })
    for (const token of [ana, bia]) {
      expect(chat.ask({ kind: 'typing', token, conversation: 'c:general' })).toEqual({ kind: 'done' })
    }
    for (const _ of [1, 2, 3]) chat.ask({ kind: 'here', token: bia })
    chat.hosts.run(20)
    const topics = chat.published.get('native')!.map(({ topic }) => topic)
    expect(topics.filter((topic) => topic.startsWith('e:'))).toEqual(['e:c:general\u0001', 'e:here\u0001'])
    expect(chat.found({ kind: 'status' }).position).toBe(position)
  })

  it('compare the clocks after ten messages, and not for each', () => {
    const chat = new VirtualChat()
    const leader = chat.untilLed()
    const ana = chat.signUp('ana')
    chat.act(ana, { kind: 'join', channel: 'general' })
    const since = () => chat.role(leader).facts().clockSync?.lastSyncMsAgo ?? Number.POSITIVE_INFINITY
    chat.hosts.until(() => since() < 100)
    chat.hosts.run(1_500)
    expect(since()).toBeGreaterThan(1_000)
    for (let count = 0; count < 10; count += 1) chat.say(ana, 'general', `${count}`)
    chat.hosts.until(() => since() < 300, 1_000)
  })
})
