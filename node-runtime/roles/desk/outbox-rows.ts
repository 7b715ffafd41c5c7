import type { OutboxCounts, OutboxItem, OutboxState } from '#contract/worker/desk'
import { assert } from '#kit/assert'

/** What the disk keeps of an item. How many peers have it is known anew each time. */
export type OutboxRow = Omit<OutboxItem, 'copies'>

export const spaces = {
  items: 'outbox',
  /** One row for each item, so that all of one state are found without reading the others. */
  states: 'outbox-state',
  /** Id of the order to its position: an order that comes twice is one. */
  ids: 'outbox-id',
  head: 'outbox-head',
} as const

export interface OutboxHead {
  readonly next: number
  readonly counts: OutboxCounts
}

export const emptyHead: OutboxHead = {
  next: 0,
  counts: { waiting: 0, sent: 0, 'in-log': 0, 'co-signed': 0, already: 0, refused: 0 },
}

/** Nothing more will happen to these. */
export const finishedStates = ['co-signed', 'already', 'refused'] as const satisfies readonly OutboxState[]

const letters: Readonly<Record<OutboxState, string>> = {
  waiting: 'w',
  sent: 's',
  'in-log': 'l',
  'co-signed': 'c',
  already: 'a',
  refused: 'r',
}

const digits = 15
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** In order of positions when it is read in order of keys. */
export function itemKey(position: number): string {
  return String(position).padStart(digits, '0')
}

export function stateKey(state: OutboxState, position: number): string {
  return `${letters[state]}${itemKey(position)}`
}

/** All keys of one state: from the first, before the second. */
export function stateRange(state: OutboxState, before: number | null = null): { from: string; before: string } {
  return { from: letters[state], before: before === null ? `${letters[state]}~` : stateKey(state, before) }
}

export function positionIn(key: string): number {
  const position = Number(key.slice(-digits))
  assert(Number.isSafeInteger(position), `a row of the outbox at ${key}`)
  return position
}

/** The store keeps a checksum of each row, so what is read is what was written, by this very function. */
export function encodeRow(row: OutboxRow | OutboxHead | number): Uint8Array {
  return encoder.encode(JSON.stringify(row))
}

export function decodeItem(bytes: Uint8Array): OutboxRow {
  return JSON.parse(decoder.decode(bytes)) as OutboxRow // written by encodeRow, under a checksum
}

export function decodeHead(bytes: Uint8Array): OutboxHead {
  return JSON.parse(decoder.decode(bytes)) as OutboxHead // as above
}

/** Of an item in the log: its place there. */
export function decodeIndex(bytes: Uint8Array): number {
  return Number(decoder.decode(bytes))
}
