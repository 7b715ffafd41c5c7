import type { ClusterKind } from '#contract/window/topology'
import { fail, ok, type Result } from '#kit/result'
import type { Lab } from './lab.ts'

/**
 * Starts the clusters one after another: each is whole before the next one takes the processor from it.
 * One that fails does not keep the others down; the first failure is given back. The desk comes with whatever is
 * wanted, because nobody could use it otherwise.
 */
export async function startDemo(lab: Lab, only?: readonly ClusterKind[]): Promise<Result<null>> {
  const { clusters } = lab.topology()
  const isWanted = (kind: ClusterKind): boolean => only === undefined || only.includes(kind)
  if (!clusters.some(({ kind }) => isWanted(kind))) {
    return fail('unknown-cluster', `this version has no ${(only ?? []).join(', ')} cluster`)
  }
  const wanted = clusters.filter(({ kind }) => isWanted(kind) || kind === 'desk')
  let first: Result<null> = ok(null)
  for (const { id, state } of wanted) {
    if (state !== 'stopped') continue
    const started = await lab.startCluster(id)
    if (first.ok) first = started
  }
  return first
}
