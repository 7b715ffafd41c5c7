import { createStore } from 'zustand/vanilla'

/** `address`: for an image, which runs nothing of what is in it. */
export type Picture = 'loading' | 'failed' | { readonly address: string }

export interface ArtState {
  readonly pictures: ReadonlyMap<string, Picture>
}

/** Pictures that a window keeps; the one that came first makes room. */
export const picturesKeptMax = 500

export const createArtStore = () => createStore<ArtState>()(() => ({ pictures: new Map() }))

export type ArtStore = ReturnType<typeof createArtStore>

export function withArt({ pictures }: ArtState, photo: string, picture: Picture): ArtState {
  const next = new Map(pictures).set(photo, picture)
  const [oldest] = next.keys()
  if (next.size > picturesKeptMax && oldest !== undefined) next.delete(oldest)
  return { pictures: next }
}
