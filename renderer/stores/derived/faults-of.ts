import type { ActiveFault, Fault } from '#contract/worker/faults'

/** Every node that a fault is about. */
export function nodesOf(fault: Fault): readonly string[] {
  if ('node' in fault) return [fault.node]
  return [...new Set<string>([...[fault.from].flat(), ...[fault.to].flat()])]
}

export function faultsAt(faults: readonly ActiveFault[], nodeId: string): readonly ActiveFault[] {
  return faults.filter(({ fault }) => nodesOf(fault).includes(nodeId))
}
