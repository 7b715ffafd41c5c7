import type { WorkerReport } from '#contract/worker/protocol'
import { failures } from '#kit/failures'

type Fields = Readonly<Record<string, unknown>>

/** How far each report is looked at: as far as this process itself reads it before a window does. */
const checks: Readonly<Record<WorkerReport['kind'], (report: Fields) => boolean>> = {
  ready: ({ protocol }) => typeof protocol === 'number',
  started: () => true,
  refused: ({ failure }) => isFailure(failure),
  status: ({ revision, view }) => typeof revision === 'number' && isFields(view) && Array.isArray(view.links),
  trace: ({ events, dropped }) => typeof dropped === 'number' && Array.isArray(events) && events.every(isEvent),
  log: ({ line }) => typeof line === 'string',
  answer: ({ sequence, result }) => typeof sequence === 'number' && isResult(result),
}

/**
 * Whether a worker said something that a worker of this build may say. A process that has gone wrong in whatever way
 * is let speak and not believed: it must not take the shell, and with it all the other nodes, along.
 */
export function isWorkerReport(value: unknown): value is WorkerReport {
  if (!isFields(value) || typeof value.kind !== 'string' || !Object.hasOwn(checks, value.kind)) return false
  return checks[value.kind as WorkerReport['kind']](value) // it is a key of the table
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isFailure(value: unknown): boolean {
  return isFields(value) && typeof value.code === 'string' && Object.hasOwn(failures, value.code)
}

function isResult(value: unknown): boolean {
  if (!isFields(value)) return false
  return value.ok === true ? 'value' in value : value.ok === false && isFailure(value.failure)
}

function isEvent(value: unknown): boolean {
  return (
    isFields(value) && typeof value.sequence === 'number' && isFields(value.what) && typeof value.what.kind === 'string'
  )
}
