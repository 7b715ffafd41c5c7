import { join } from 'node:path'
import { type TrackedLauncher, trackLaunches } from '#host/tracked-launcher'
import { childProcessLauncher } from '#supervisor/child-process-launcher'
import type { Surroundings } from './command.ts'

/** Workers as processes of this Node, from the program that was built beside this one. */
export function workerLauncher({ builtDir, dataDir }: Pick<Surroundings, 'builtDir' | 'dataDir'>): TrackedLauncher {
  return trackLaunches(
    childProcessLauncher({
      workerFile: join(builtDir, '..', 'workers', 'worker.mjs'),
      nodePath: process.execPath,
      compileCacheDir: join(dataDir, 'compile-cache'),
    }),
  )
}
