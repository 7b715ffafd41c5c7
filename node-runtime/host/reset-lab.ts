import { rm } from 'node:fs/promises'
import { fail, ok, type Result } from '#kit/result'
import type { Lab } from './lab.ts'

/** Forgets a lab and starts empty what ran before. */
export function makeResetLab(lab: Lab): () => Promise<Result<null>> {
  let isResetting = false
  return async () => {
    if (isResetting) return fail('busy', 'the lab is being reset')
    isResetting = true
    try {
      return await resetLab(lab)
    } finally {
      isResetting = false
    }
  }
}

async function resetLab(lab: Lab): Promise<Result<null>> {
  const ran = lab.topology().clusters.filter((cluster) => cluster.state !== 'stopped')
  const reset = await lab.reset()
  if (!reset.ok) return reset
  for (const { id } of ran) {
    const started = await lab.startCluster(id)
    if (!started.ok) return started
  }
  return ok(null)
}

/** For a lab that nobody runs: the caller holds its lock. */
export async function eraseLab(labDir: string): Promise<Result<null>> {
  try {
    await rm(labDir, { recursive: true, force: true })
    return ok(null)
  } catch (error) {
    return fail('no-permission', `the lab's folder was not erased: ${String(error)}`)
  }
}
