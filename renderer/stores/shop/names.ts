import { createStore } from 'zustand/vanilla'

export interface NamesState {
  /** By the number of the product. */
  readonly names: ReadonlyMap<number, string>
}

/** Names that a window keeps; the one that came first makes room. */
export const namesKeptMax = 2_000

export const createNamesStore = () => createStore<NamesState>()(() => ({ names: new Map() }))

export type NamesStore = ReturnType<typeof createNamesStore>

export function withName({ names }: NamesState, product: number, name: string): NamesState {
  const next = new Map(names).set(product, name)
  const [oldest] = next.keys()
  if (next.size > namesKeptMax && oldest !== undefined) next.delete(oldest)
  return { names: next }
}
