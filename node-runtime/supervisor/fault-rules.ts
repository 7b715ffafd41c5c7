import { type ActiveFault, type Fault, type FaultRules, type LinkRules, noFaults } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'

export interface Direction {
  readonly from: NodeId
  readonly to: NodeId
}

/** Every direction that a fault acts on; a node has no link to itself. */
export function directionsOf(fault: Fault): readonly Direction[] {
  if (fault.kind === 'delay' || fault.kind === 'loss' || fault.kind === 'duplicate') {
    return fault.from === fault.to ? [] : [{ from: fault.from, to: fault.to }]
  }
  if (fault.kind !== 'cut') return []
  const there = fault.from.flatMap((from) => fault.to.map((to) => ({ from, to })))
  const back = fault.both ? there.map(({ from, to }) => ({ from: to, to: from })) : []
  return [...there, ...back].filter(({ from, to }) => from !== to)
}

export function nodesOf(fault: Fault): readonly NodeId[] {
  if ('node' in fault) return [fault.node]
  return fault.kind === 'cut' ? [...fault.from, ...fault.to] : [fault.from, fault.to]
}

/** What one node has to obey, from all that is active. Faults on the same thing add up to the worst of them. */
export function rulesFor(node: NodeId, active: readonly ActiveFault[]): FaultRules {
  const links = new Map<NodeId, LinkRules>()
  let rules = noFaults
  for (const { id, fault } of active) {
    const out = directionsOf(fault).filter(({ from }) => from === node)
    for (const { to } of out) links.set(to, withLinkFault(links.get(to) ?? soundLink(to), fault))
    const isHere = 'node' in fault && fault.node === node
    if (isHere) rules = withNodeFault(rules, fault)
    if (isHere || out.length > 0) rules = { ...rules, faultIds: [...rules.faultIds, id] }
  }
  return { ...rules, links: [...links.values()] }
}

function soundLink(to: NodeId): LinkRules {
  return { to, isCut: false, delayMs: 0, jitterMs: 0, lossPercent: 0, duplicatePercent: 0 }
}

function withLinkFault(link: LinkRules, fault: Fault): LinkRules {
  switch (fault.kind) {
    case 'cut':
      return { ...link, isCut: true }
    case 'delay':
      return {
        ...link,
        delayMs: Math.max(link.delayMs, fault.ms),
        jitterMs: Math.max(link.jitterMs, fault.jitterMs),
      }
    case 'loss':
      return { ...link, lossPercent: Math.max(link.lossPercent, fault.percent) }
    case 'duplicate':
      return { ...link, duplicatePercent: Math.max(link.duplicatePercent, fault.percent) }
    default:
      return link
  }
}

function withNodeFault(rules: FaultRules, fault: Fault): FaultRules {
  switch (fault.kind) {
    case 'pause':
      return { ...rules, isPaused: true }
    case 'skew':
      return { ...rules, skewMs: rules.skewMs + fault.ms }
    case 'slow-disk':
      return { ...rules, slowDiskMs: Math.max(rules.slowDiskMs, fault.ms) }
    case 'full-disk':
      return { ...rules, isDiskFull: true }
    default:
      return rules
  }
}
