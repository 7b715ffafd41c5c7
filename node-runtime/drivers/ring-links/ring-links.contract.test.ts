import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { describeRingLinks, type RingNet } from '#ports/testing/ring-links-suite'
import { wireNodes, wireSuite } from '#ports/testing/wire-suite'
import { until } from '../wire/testing/wire-net.ts'
import { type OpenRingMember, openRingMember, openStranger, ringOf } from './testing/ring-net.ts'

/** The links are a wire, and keep all of its promises. */
wireSuite('ring links', async () => {
  const { at, net } = await openNet()
  return { ...net, wire: net.links, drops: (node) => at(node).drops }
})

describeRingLinks('sealed', async () => (await openNet()).net)

async function openNet(): Promise<{ at: (node: string) => OpenRingMember; net: RingNet }> {
  const ring = await ringOf(wireNodes)
  const open = new Map<string, OpenRingMember>()
  const stops = new StopStack()
  const at = (node: string): OpenRingMember => open.get(nodeId(node))!
  const start = async (node: string): Promise<void> => {
    open.set(node, await openRingMember(ring.plans.find((plan) => plan.nodeId === node)!, ring))
  }
  for (const node of wireNodes) await start(node)
  const net: RingNet = {
    links: (node) => at(node).links,
    stranger: async () => {
      const stranger = await openStranger(ring.group)
      stops.add(() => stranger.close())
      return stranger
    },
    setFaults: (node, rules) => at(node).links.setFaults(rules),
    crash: (node) => at(node).links.close(),
    restart: start,
    nowMs: () => performance.now(),
    until,
    close: async () => {
      await stops.run()
      for (const { links } of open.values()) await links.close()
    },
  }
  return { at, net }
}
