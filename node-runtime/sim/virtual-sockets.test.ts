import { describe, expect, it } from 'vitest'
import type { SocketAddress } from '#contract/worker/sockets'
import { nodeId } from '#kit/ids'
import type { Sockets } from '#ports/sockets'
import { describeSockets, type SocketsNet, socketNodes, socketPlans } from '#ports/testing/sockets-suite'
import { VirtualClock } from './virtual-clock.ts'
import { type SocketRoomParts, VirtualSocketRoom } from './virtual-socket-room.ts'

const at: readonly SocketAddress[] = [1, 2, 3, 4, 5, 6].map((port) => ({ host: 'virtual', port }))

describeSockets('virtual', async () => openNet({}))

describe('the virtual sockets alone', () => {
  const [middle, server, program] = [nodeId('middle'), nodeId('server'), nodeId('program')]

  it('lose what is drawn to be lost, and keep the order of what is slow', async () => {
    let drawn = 0
    const net = openNet({
      delayMs: (from) => (from === middle ? 20 - (drawn % 20) : 1),
      isLost: (from) => {
        if (from === middle) drawn += 1
        return from === middle && drawn % 3 === 0
      },
    })
    const heard: string[] = []
    net.sockets(program).subscriber('hear-open').follow('')
    net
      .sockets(program)
      .subscriber('hear-open')
      .listen((topic) => heard.push(topic))
    await net.until(() => net.sockets(server).publisher('open').isWanted)
    await net.until(() => net.sockets(program).subscriber('hear-open').isConnected)
    for (const topic of ['1', '2', '3', '4', '5', '6', '7']) {
      net.sockets(server).publisher('open').publish(topic, new Uint8Array(0))
    }
    await net.until(() => heard.includes('7'))
    expect(heard).toEqual(['1', '2', '4', '5', '7'])
  })
})

function openNet(weather: Omit<SocketRoomParts, 'clock'>): SocketsNet {
  const clock = new VirtualClock()
  const room = new VirtualSocketRoom({ clock, ...weather })
  const plans = socketPlans(at, '')
  const open = new Map<string, Sockets>()
  const start = (node: string): void => {
    const id = nodeId(node)
    open.set(node, room.open({ nodeId: id, plans: plans.get(id) ?? [], isOfLab: node !== 'stranger' }))
  }
  for (const node of socketNodes) start(node)
  return {
    sockets: (node) => {
      const sockets = open.get(node)
      if (sockets === undefined) throw new Error(`${node} is not open`)
      return sockets
    },
    setAsleep: (node, isAsleep) => room.setAsleep(node, isAsleep),
    crash: (node) => room.close(node),
    restart: start,
    serve: (answer) => room.serve({ host: 'virtual', port: 2 }, answer),
    until: async (claim) => {
      for (const lastMs = clock.now() + 100_000; !claim(); clock.advanceTo(clock.now() + 1)) {
        if (clock.now() > lastMs) throw new Error('it never came to hold')
      }
    },
    close: () => {},
  }
}
