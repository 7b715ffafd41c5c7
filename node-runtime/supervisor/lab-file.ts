import type { KeyPair } from '#contract/worker/protocol'
import { idPattern } from '#kit/ids'

/** What lab.json holds: where the lab's nodes listen, and which of them have run. A newer version of it is not read. */
export interface LabFile {
  readonly version: 1
  readonly ports: Readonly<Record<string, number>>
  /** Of those that strangers may ask over HTTP. */
  readonly http: Readonly<Record<string, number>>
  /** A node that has once run and finds nothing on its disk has lost it. */
  readonly hasRun: readonly string[]
}

/** What keys.json holds, apart and readable by its owner only. */
export type LabKeys = Readonly<Record<string, KeyPair>>

export const emptyLab: LabFile = { version: 1, ports: {}, http: {}, hasRun: [] }

/** null for anything that is not a whole and sound lab file. */
export function readLabFile(text: string): LabFile | null {
  const value = parsed(text)
  if (!isRecord(value) || value.version !== 1) return null
  // Labs of before there was anything to lose, or anybody to ask over HTTP, do not say it.
  const { ports, http = {}, hasRun = [] } = value
  if (!arePorts(ports) || !arePorts(http)) return null
  if (!Array.isArray(hasRun) || !hasRun.every((id) => typeof id === 'string' && idPattern.test(id))) return null
  return { version: 1, ports, http, hasRun }
}

export function readLabKeys(text: string): LabKeys | null {
  const value = parsed(text)
  if (!isRecord(value)) return null
  const pairs = Object.entries(value)
  return pairs.every(([id, pair]) => idPattern.test(id) && isKeyPair(pair)) ? (value as LabKeys) : null // checked here
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the caller says which file is damaged.
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function arePorts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.entries(value).every(([id, port]) => idPattern.test(id) && isPort(port))
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536
}

function isKeyPair(value: unknown): boolean {
  return isRecord(value) && isKey(value.publicKey) && isKey(value.secretKey)
}

/** 32 bytes are 40 digits of Z85. */
function isKey(value: unknown): boolean {
  return typeof value === 'string' && value.length === 40
}
