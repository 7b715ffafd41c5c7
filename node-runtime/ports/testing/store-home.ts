import { type ScanRange, type Store, StoreFailure, type StoreView } from '#ports/store'

/** One place where a store lives, and what can happen to it. */
export interface StoreHome {
  /** The first call begins the store; each later one opens it again after the power went. */
  open(): Store
  /** The fault full-disk on what was opened last. */
  setFull(isFull: boolean): void
  remove(): void
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function read(view: StoreView, space: string, range?: ScanRange): readonly (readonly [string, string])[] {
  return view.scan(space, range).map(({ key, value }) => [key, new TextDecoder().decode(value)])
}

/** The code with which something refuses; null when it does not. */
export function failureOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof StoreFailure) return error.code
    throw error
  }
}
