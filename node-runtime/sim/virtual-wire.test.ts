import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { wireNodes, wireSuite } from '#ports/testing/wire-suite'
import { calmWeather } from './scenario.ts'
import { type LinkFaults, VirtualNetwork } from './virtual-network.ts'
import { VirtualWire } from './virtual-wire.ts'

/** A tick is a millisecond here, so that the delays of the suite are ticks. */
wireSuite('virtual', async () => {
  const network = new VirtualNetwork<{ message: Uint8Array; view: null; note: null }>(
    wireNodes,
    calmWeather,
    new Random('wire'),
  )
  const faults = new Map<NodeId, readonly { from: NodeId; to: NodeId; faults: LinkFaults }[]>()
  const drops = new Map(wireNodes.map((node) => [node, [] as { peer: NodeId; why: 'cut' }[]]))
  let tick = 0
  const wires = new Map(
    wireNodes.map((from) => [
      from,
      new VirtualWire({
        peers: wireNodes.filter((node) => node !== from),
        carry: (to, message) => network.send({ from, to, message }, tick),
        onDrop: (peer, why) => void drops.get(from)!.push({ peer, why: why as 'cut' }),
        nowMs: () => tick,
      }),
    ]),
  )
  return {
    wire: (node) => wires.get(node)!,
    setFaults: (from, rules) => {
      faults.set(
        from,
        rules.map(({ to, delayMs, jitterMs, ...rest }) => ({
          from,
          to,
          faults: { ...rest, delayTicks: delayMs, jitterTicks: jitterMs },
        })),
      )
      network.setFaults([...faults.values()].flat())
    },
    drops: (node) => drops.get(node)!,
    nowMs: () => tick,
    until: async (claim) => {
      for (const lastTick = tick + 10_000; !claim(); ) {
        tick += 1
        if (tick > lastTick) throw new Error('it never came to hold')
        for (const { from, to, message } of network.due(tick)) wires.get(to)!.deliver(from, message)
      }
    },
    close: () => {},
  }
})
