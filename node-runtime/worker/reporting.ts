import { type WorkerReport, workerLimits } from '#contract/worker/protocol'
import type { NodeView } from '#contract/worker/view'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'

/** A node to which nothing happens still says that it is alive. */
const aliveEveryMs = 1_000

export interface Reporting {
  changed(): void
  start(view: () => NodeView): Stop
}

/** Reports the node's view whole, when it changed and not more often than the pipe's limit allows. */
export function startReporting(clock: Clock, report: (report: WorkerReport) => void): Reporting {
  let hasChanged = true
  let revision = 0
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    changed: () => {
      hasChanged = true
    },
    start: (view) =>
      clock.every(workerLimits.statusEveryMs, () => {
        if (!hasChanged && clock.now() - lastMs < aliveEveryMs) return
        hasChanged = false
        lastMs = clock.now()
        revision += 1
        report({ kind: 'status', revision, view: view() })
      }),
  }
}
