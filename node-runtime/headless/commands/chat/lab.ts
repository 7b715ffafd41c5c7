import type { ControlClient } from '#host/control-client'
import type { ClusterId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'

/** The lab's chat; a lab has one. */
export async function chatOf(line: ControlClient): Promise<Result<ClusterId>> {
  const topology = await line.call('topology.get', {})
  if (!topology.ok) return topology
  const cluster = topology.value.clusters.find(({ kind }) => kind === 'chat')
  return cluster === undefined ? fail('unknown-cluster', 'this lab has no chat') : ok(cluster.id)
}
