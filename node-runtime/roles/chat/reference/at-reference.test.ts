import { expect, it } from 'vitest'
import { startChatReference } from '../../chat-reference.ts'
import { PlainNode } from '../../plain-node.ts'
import type { RoleStart } from '../../role.ts'
import { PlainChat, reference, servers } from '../testing/plain-chat.ts'
import { AtReference } from './at-reference.ts'
import { rankLimits } from './ranks.ts'

const [one, two] = servers as [(typeof servers)[number], (typeof servers)[number]] // there are three

function world() {
  const at = new Map<string, AtReference>()
  const server: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    const own = new AtReference({ self: plan.nodeId, reference, post: node.post, ports })
    at.set(plan.nodeId, own)
    node.every(plan.timing.tickMs, () => own.tick())
    return { facts: () => node.facts(), setFaults() {}, answer() {}, stop() {} }
  }
  const chat = new PlainChat({ [reference]: startChatReference, [one]: server, [two]: server })
  const names = (): readonly string[] | undefined => at.get(one)?.servers.map(({ name }) => name)
  return { chat, at, names }
}

it('a server knows its rank and who else is here, and misses whoever is gone', () => {
  const { chat, at, names } = world()
  chat.hosts.until(() => names()?.length === 2)
  expect(at.get(two)?.rank).toBe(2)
  chat.kill(two)
  chat.hosts.until(() => names()?.length === 1)
  expect(chat.host(one).clock.now()).toBeLessThan(2 * rankLimits.silentMs)
  chat.start(two)
  chat.hosts.until(() => names()?.length === 2)
  expect(at.get(two)?.rank).toBe(2)
})

it('a server goes on when the reference has died and come back', () => {
  const { chat, names } = world()
  chat.hosts.until(() => names()?.length === 2)
  chat.kill(reference)
  chat.hosts.run(rankLimits.silentMs)
  chat.start(reference)
  chat.hosts.run(2 * rankLimits.silentMs)
  expect(names()).toEqual([one, two])
  expect(chat.facts(reference, 'reference').servers.every(({ isHere }) => isHere)).toBe(true)
})
