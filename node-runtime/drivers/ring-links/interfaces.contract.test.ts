import { afterEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { hostTowardsOutside } from '#supervisor/interfaces'
import { until } from '../wire/testing/wire-net.ts'
import { isOfThisMachine } from './addresses.ts'
import { openRingMember, openStranger, portOf, ringOf } from './testing/ring-net.ts'

describe('a ring beyond this machine', () => {
  const stops = new StopStack()
  afterEach(() => stops.run())

  it('calls out to programs of the text form only where it takes their word', async () => {
    const ring = await ringOf([nodeId('n1'), nodeId('n2')])
    const stranger = await openStranger(ring.group)
    stops.add(() => stranger.close())
    const open = async (index: number, textsFrom: 'this-machine' | 'everybody') => {
      const member = await openRingMember(ring.plans[index]!, ring, { ttl: 1, textsFrom })
      stops.add(() => member.links.close())
      return member.links
    }
    const [careful, trusting] = [await open(0, 'this-machine'), await open(1, 'everybody')]
    careful.callOut('DISCOVER:careful')
    trusting.callOut('DISCOVER:open')
    await until(() => stranger.calls.length > 0)
    expect(stranger.calls.map(({ text }) => text)).toEqual(['DISCOVER:open'])
  })
})

describe('a ring on the interface that leads out', () => {
  const stops = new StopStack()
  afterEach(() => stops.run())

  it('is found, and with TTL 0 its peers on this machine hear each other there', async () => {
    const host = (await hostTowardsOutside()) ?? '127.0.0.1'
    expect(isOfThisMachine(host)).toBe(true)
    expect(isOfThisMachine('192.0.2.1')).toBe(false)
    const ring = await ringOf([nodeId('n1'), nodeId('n2')])
    const plans = ring.plans.map((plan) => ({ ...plan, id: `${host}:${portOf(plan.id)}` }))
    const there = { plans, group: ring.group }
    const open = async (index: number) => {
      const member = await openRingMember(plans[index]!, there, { host, interfaceHost: host })
      stops.add(() => member.links.close())
      return member
    }
    const [one, two] = [await open(0), await open(1)]
    const heard: string[] = []
    two.links.onShout((bytes) => heard.push(`shout ${Buffer.from(bytes)}`))
    two.links.listen((from, bytes) => heard.push(`${from} ${Buffer.from(bytes)}`))
    one.links.shout(Buffer.from('anybody?'))
    await until(() => heard.length === 1)
    one.links.send(nodeId('n2'), Buffer.from('hello'))
    await until(() => heard.length === 2)
    expect(heard).toEqual(['shout anybody?', 'n1 hello'])
  })
})
