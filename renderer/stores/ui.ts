import { createStore } from 'zustand/vanilla'
import type { Line } from '../bridge/types.ts'
import type { Route } from './route.ts'

export type Look = 'picture' | 'table'
export type FeedFilter = 'all' | 'story'

/** What this one window shows. It is not kept: the address carries the place, the host carries everything that lasts. */
export interface UiState {
  readonly route: Route
  readonly line: Line
  readonly look: Look
  /** null: the picture is coloured by all evidence. Otherwise: by what this node believes. */
  readonly beliefOf: string | null
  /** The one cluster that the picture shows, large; null: it shows all. */
  readonly closeUp: string | null
  readonly feedFilter: FeedFilter
  /** The newest position that was shown when the feed was paused; null: it runs. */
  readonly feedHeldAt: number | null
  readonly isRailNarrow: boolean
  readonly open: 'palette' | 'shortcuts' | null
  /** Kept here, so that keys pressed before the palette's field has the focus are not lost. */
  readonly paletteQuery: string
  /** Enter was pressed before the field was there: the first match is run as soon as it is known. */
  readonly isPaletteHasty: boolean
}

export const createUiStore = (route: Route) =>
  createStore<UiState>()(() => ({
    route,
    line: 'open',
    look: 'picture',
    beliefOf: null,
    closeUp: null,
    feedFilter: 'story',
    feedHeldAt: null,
    isRailNarrow: false,
    open: null,
    paletteQuery: '',
    isPaletteHasty: false,
  }))

export function withFeedToggled(state: UiState, newestPosition: number): UiState {
  return { ...state, feedHeldAt: state.feedHeldAt === null ? newestPosition : null }
}
