import type { NodePlan } from '#contract/worker/protocol'
import { notaryLimits } from '#cores/notary/messages'

/** The name of a notary, which is the name of its log's key: no spaces, no plus signs, and room for witnesses' names. */
export function originOf({ lab, clusterId }: Pick<NodePlan, 'lab' | 'clusterId'>): string {
  const name = lab.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')
  return `colmeia.local/${name}/${clusterId}`.slice(0, notaryLimits.originBytesMax)
}
