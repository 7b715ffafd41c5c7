import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  /** null: the system chooses the place. */
  readonly bounds: Bounds | null
  readonly isMaximized: boolean
}

export const windowSizes = { width: 1280, height: 800, minWidth: 1024, minHeight: 700 } as const

const fresh: WindowState = { bounds: null, isMaximized: false }

/** Where the window was. A file that says anything else than that is as good as none: nothing is lost with it. */
export function readWindowState(path: string): WindowState {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value !== 'object' || value === null) return fresh
    const bounds = 'bounds' in value && isBounds(value.bounds) ? value.bounds : null
    return { bounds, isMaximized: 'isMaximized' in value && value.isMaximized === true }
  } catch {
    // Absent or damaged: the window opens where the system puts it.
    return fresh
  }
}

/** A window's place is worth no complaint: when it cannot be written, the next start uses the one before. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.draft`, JSON.stringify(state))
    renameSync(`${path}.draft`, path)
  } catch {
    // A full disk or lacking rights show themselves where they matter, at the lab's own files.
  }
}

/**
 * The remembered place as far as it can be seen today: a screen may have been unplugged, or be smaller now.
 * A window whose middle lies on no screen goes where the system puts new ones.
 */
export function visibleBounds(wanted: Bounds | null, screens: readonly Bounds[]): Bounds | null {
  if (wanted === null) return null
  const middle = { x: wanted.x + wanted.width / 2, y: wanted.y + wanted.height / 2 }
  const screen = screens.find((area) => contains(area, middle))
  if (screen === undefined) return null
  const width = Math.min(Math.max(wanted.width, windowSizes.minWidth), screen.width)
  const height = Math.min(Math.max(wanted.height, windowSizes.minHeight), screen.height)
  return {
    width,
    height,
    x: between(screen.x, wanted.x, screen.x + screen.width - width),
    y: between(screen.y, wanted.y, screen.y + screen.height - height),
  }
}

function contains(area: Bounds, point: { readonly x: number; readonly y: number }): boolean {
  const isAcross = point.x >= area.x && point.x < area.x + area.width
  return isAcross && point.y >= area.y && point.y < area.y + area.height
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const parts = ['x', 'y', 'width', 'height'].map((key): unknown => Reflect.get(value, key))
  return parts.every((part) => typeof part === 'number' && Number.isSafeInteger(part))
}
