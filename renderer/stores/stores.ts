import type { Settings } from '#contract/window/settings'
import { createTrayStore } from './notary/tray.ts'
import { createNowStore } from './now.ts'
import { createProblemsStore } from './problems.ts'
import { createRecordingStore } from './recording.ts'
import type { Route } from './route.ts'
import { createSettingsStore } from './settings.ts'
import { createTopologyStore } from './topology.ts'
import { createUiStore } from './ui.ts'

/** All that one window knows. Plain stores: they work, and are tested, without React. */
export function createStores(start: { readonly settings: Settings; readonly route: Route; readonly nowMs: number }) {
  return {
    topology: createTopologyStore(),
    recording: createRecordingStore(),
    problems: createProblemsStore(),
    settings: createSettingsStore(start.settings),
    ui: createUiStore(start.route),
    now: createNowStore(start.nowMs),
    tray: createTrayStore(),
  }
}

export type Stores = ReturnType<typeof createStores>
