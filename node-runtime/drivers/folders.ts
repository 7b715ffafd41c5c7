import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** A node that loses its whole folder in a power cut has forgotten its vote, so new folders are synced as well. */
export function makeFolder(folder: string, mode?: number): void {
  const first = mkdirSync(folder, { recursive: true, mode })
  if (first === undefined) return
  const above = dirname(first)
  for (let made = folder; made !== above; made = dirname(made)) syncFolder(dirname(made))
}

/** Names that were made, changed or removed in it are found so after a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // a folder cannot be opened there, and NTFS journals its names
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
