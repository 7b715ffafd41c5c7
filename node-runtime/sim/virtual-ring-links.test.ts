import { nodeId } from '#kit/ids'
import type { HostPort } from '#ports/ring-links'
import { describeRingLinks, type RingNet } from '#ports/testing/ring-links-suite'
import { wireNodes, wireSuite } from '#ports/testing/wire-suite'
import { VirtualRingRoom } from './virtual-ring-room.ts'

const host = '127.0.0.1'

wireSuite('virtual ring links', async () => {
  const { room, net } = openNet()
  return { ...net, wire: net.links, drops: (node) => room.links(node).drops }
})

describeRingLinks('virtual', async () => openNet().net)

function openNet(): { room: VirtualRingRoom; net: RingNet } {
  const room = new VirtualRingRoom(
    wireNodes.map((name, index) => ({ nodeId: nodeId(name), id: `${host}:${9001 + index}` })),
  )
  const net: RingNet = {
    links: (node) => room.links(node),
    stranger: async () => {
      const at: HostPort = { host, port: 8_001 }
      const texts: string[] = []
      const calls: { from: HostPort; text: string }[] = []
      room.add({ at, text: (text) => texts.push(text), call: (from, text) => calls.push({ from, text }) })
      return {
        id: `${host}:${at.port}`,
        texts,
        calls,
        bring: (to, text) => room.bringText(to, text),
        callOut: (text) => room.callAll(at, text),
        whisper: (to, text) => room.callOne(at, to, text),
      }
    },
    setFaults: (node, rules) => room.setFaults(node, rules),
    crash: (node) => room.crash(node),
    restart: (node) => room.restart(node),
    nowMs: () => room.nowMs,
    until: async (claim) => {
      for (const lastMs = room.nowMs + 10_000; !claim(); room.tick()) {
        if (room.nowMs > lastMs) throw new Error('it never came to hold')
      }
    },
    close: () => {},
  }
  return { room, net }
}
