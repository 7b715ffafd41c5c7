import type { App, WebContents } from 'electron'
import { describe, type Log } from './log.ts'

/** A page that dies again and again is not brought back for ever: each time would look like a window that blinks. */
const reloadsMax = 3
const reloadsWithinMs = 60_000

export interface BoundaryParts {
  readonly log: Log
  /** Ends the lab and then the process with code 1. */
  dieInOrder(): Promise<void>
}

/** The one place of the main process where what was thrown ends: it is a bug, and the program does not go on with it. */
export function drawBoundary({ log, dieInOrder }: BoundaryParts): void {
  let isDying = false
  const die = (error: unknown): void => {
    log(`bug: ${describe(error)}`)
    if (isDying) return
    isDying = true
    void dieInOrder()
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}

/** A page or helper process that dies takes nothing with it: the lab runs on, and the page comes back. */
export function surviveCrashes(app: Pick<App, 'on'>, log: Log): void {
  const reloads = new Map<number, number[]>()
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log(`a window's page is gone: ${reason} (${exitCode})`)
    if (mayReload(reloads, contents)) contents.reload()
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') log(`${type} ${name ?? ''} is gone: ${reason} (${exitCode})`)
  })
}

function mayReload(reloads: Map<number, number[]>, contents: Pick<WebContents, 'id' | 'isDestroyed'>): boolean {
  if (contents.isDestroyed()) return false
  const now = Date.now()
  const recent = (reloads.get(contents.id) ?? []).filter((at) => now - at < reloadsWithinMs)
  reloads.set(contents.id, [...recent, now])
  return recent.length < reloadsMax
}
