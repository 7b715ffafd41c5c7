import { createStore } from 'zustand/vanilla'
import type { FailureCode } from '#kit/failures'
import type { HashNews } from '../../hashing/messages.ts'

export const trayLimits = {
  /** Documents that lie there at once. What is beyond it is counted, said, and left where it is. */
  itemsMax: 20_000,
} as const

/** What lies on the table before it is registered. Its key becomes the id under which it is registered once. */
export interface TrayItem {
  readonly key: string
  readonly kind: 'file' | 'text'
  readonly title: string
  readonly bytes: number
  /** Of a text, because it stands in the chain as it is. */
  readonly text: string | null
  readonly state: 'waiting' | 'hashing' | 'hashed' | 'unreadable' | 'sending'
  readonly bytesDone: number
  readonly sha256: string | null
}

export interface TrayState {
  readonly items: readonly TrayItem[]
  readonly isHeld: boolean
  /** How many did not fit, of what was added last. */
  readonly leftOut: number
  readonly registrant: string
  /** How many of how many have been handed over; null: nobody is doing that. */
  readonly sending: { readonly done: number; readonly of: number } | null
  readonly refusal: FailureCode | null
}

export const emptyTray: TrayState = {
  items: [],
  isHeld: false,
  leftOut: 0,
  registrant: '',
  sending: null,
  refusal: null,
}

export const createTrayStore = () => createStore<TrayState>()(() => emptyTray)

export function withAdded(state: TrayState, items: readonly TrayItem[], leftOut: number): TrayState {
  return { ...state, items: [...state.items, ...items], leftOut, refusal: null }
}

export function withNews(state: TrayState, { progress, finished }: HashNews): TrayState {
  if (progress === null && finished.length === 0) return state
  const outcomes = new Map(finished.map(({ key, sha256 }) => [key, sha256]))
  const items = state.items.map((item): TrayItem => {
    const sha256 = outcomes.get(item.key)
    if (sha256 !== undefined) {
      return sha256 === null
        ? { ...item, state: 'unreadable' }
        : { ...item, state: 'hashed', sha256, bytesDone: item.bytes }
    }
    return progress?.key === item.key ? { ...item, state: 'hashing', bytesDone: progress.bytes } : item
  })
  return { ...state, items }
}

export function withTitle(state: TrayState, key: string, title: string): TrayState {
  return { ...state, items: state.items.map((item) => (item.key === key ? { ...item, title } : item)) }
}

export function without(state: TrayState, keys: ReadonlySet<string>): TrayState {
  const items = state.items.filter(({ key }) => !keys.has(key))
  return { ...state, items, leftOut: items.length === 0 ? 0 : state.leftOut }
}

export function withState(state: TrayState, keys: ReadonlySet<string>, next: TrayItem['state']): TrayState {
  return { ...state, items: state.items.map((item) => (keys.has(item.key) ? { ...item, state: next } : item)) }
}

export interface TrayTotals {
  readonly all: number
  readonly hashed: number
  readonly unreadable: number
  /** Of those that are still to be hashed, or at it. */
  readonly open: number
  readonly bytes: number
  readonly bytesDone: number
}

export function totalsOf(items: readonly TrayItem[]): TrayTotals {
  const totals = { all: items.length, hashed: 0, unreadable: 0, open: 0, bytes: 0, bytesDone: 0 }
  for (const { state, bytes, bytesDone } of items) {
    if (state === 'unreadable') {
      totals.unreadable += 1
      continue
    }
    totals.bytes += bytes
    totals.bytesDone += bytesDone
    if (state === 'waiting' || state === 'hashing') totals.open += 1
    else totals.hashed += 1
  }
  return totals
}
