import type { HttpDialect } from '#contract/worker/dialects'
import { fail, ok, type Result } from '#kit/result'
import type { Cluster } from './cluster-ports.ts'
import type { LabFolder } from './lab-folder.ts'
import type { ManagedNode } from './managed-node.ts'

/** Kept for every life to come, and told to those that run. */
export async function speak(cluster: Cluster, dialect: HttpDialect, folder: LabFolder): Promise<Result<null>> {
  const { id, httpPort } = cluster.spec
  if (httpPort === null) return fail('does-not-apply', `nobody asks ${id} over HTTP`)
  const kept = folder.keepDialect(id, dialect)
  if (!kept.ok) return kept
  const running = cluster.nodes.filter(({ state }) => state.kind === 'running')
  const told = await Promise.all(running.map((node) => tellDialect(cluster, node, folder)))
  return told.find((result) => !result.ok && result.failure.code !== 'node-down') ?? ok(null)
}

export function tellDialect({ spec }: Cluster, node: ManagedNode, folder: LabFolder | null): Promise<Result<null>> {
  if (spec.httpPort === null || folder === null) return Promise.resolve(ok(null))
  return node.ask({ kind: 'speak', dialect: folder.dialect(spec.id) })
}
