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

/** How many stayed where they are: each reason is another thing to do about it. */
export interface LeftOut {
  /** The table was full. */
  readonly full: number
  /** Files that are gone, files and folders that may not be opened. */
  readonly unreadable: number
  /** Folders inside too many others, which are not looked into. */
  readonly deep: number
  /** Nobody knows how many: who laid them there went elsewhere before all had come in. */
  readonly interrupted: number
}

export const nothingLeftOut: LeftOut = { full: 0, unreadable: 0, deep: 0, interrupted: 0 }

export interface TrayState {
  readonly items: readonly TrayItem[]
  readonly isHeld: boolean
  /** Of what was gathered last. */
  readonly leftOut: LeftOut
  readonly registrant: string
  /** How many of how many have been handed over; null: nobody is doing that. */
  readonly sending: { readonly done: number; readonly of: number } | null
  readonly refusal: FailureCode | null
}

export const emptyTray: TrayState = {
  items: [],
  isHeld: false,
  leftOut: nothingLeftOut,
  registrant: '',
  sending: null,
  refusal: null,
}

export const createTrayStore = () => createStore<TrayState>()(() => emptyTray)

/** What did not fit is added up: what is gathered comes in parts. */
export function withAdded(state: TrayState, items: readonly TrayItem[], full: number): TrayState {
  const leftOut = { ...state.leftOut, full: state.leftOut.full + full }
  return { ...state, items: [...state.items, ...items], leftOut, refusal: null }
}

export function withLeftOut(state: TrayState, more: LeftOut): TrayState {
  const { full, unreadable, deep, interrupted } = state.leftOut
  const leftOut = {
    full: full + more.full,
    unreadable: unreadable + more.unreadable,
    deep: deep + more.deep,
    interrupted: interrupted + more.interrupted,
  }
  return { ...state, leftOut }
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
  return { ...state, items, leftOut: items.length === 0 ? nothingLeftOut : state.leftOut }
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
