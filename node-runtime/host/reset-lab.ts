import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '#kit/result'
import type { Lab } from './lab.ts'

/**
 * Forgets all that the nodes of a lab have kept: faults end, clusters stop, the nodes' files go, and what ran before
 * starts empty. The lab's keys and ports stay: they are the lab's own and no node's memory.
 */
export function makeResetLab(lab: Lab, labDir: string): () => Promise<Result<null>> {
  let isResetting = false
  return async () => {
    if (isResetting) return fail('busy', 'the lab is being reset')
    isResetting = true
    try {
      return await resetLab(lab, labDir)
    } finally {
      isResetting = false
    }
  }
}

async function resetLab(lab: Lab, labDir: string): Promise<Result<null>> {
  const ran = lab.topology().clusters.filter((cluster) => cluster.state !== 'stopped')
  // A kill fault that ended in the middle would start its node again while its file is being taken away.
  lab.clearAll()
  for (const { id } of ran) {
    const stopped = await lab.stopCluster(id)
    if (!stopped.ok) return stopped
  }
  const erased = await eraseNodes(labDir)
  for (const { id } of ran) {
    const started = await lab.startCluster(id)
    if (!started.ok) return started
  }
  return erased
}

export async function eraseNodes(labDir: string): Promise<Result<null>> {
  try {
    await rm(join(labDir, 'nodes'), { recursive: true, force: true })
    return ok(null)
  } catch (error) {
    return fail('no-permission', `the nodes' files were not erased: ${String(error)}`)
  }
}
