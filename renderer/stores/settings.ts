import { createStore } from 'zustand/vanilla'
import type { AppInfo, Settings } from '#contract/window/settings'

export interface SettingsState {
  readonly settings: Settings
  readonly info: AppInfo | null
}

/** Before the host has answered, and when it cannot: what the browser says about the person is the best guess. */
export function guessedSettings(browserLanguage: string): Settings {
  const language = browserLanguage.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
  return { language, theme: 'system', startsDemo: true, showsMessages: true }
}

export const createSettingsStore = (settings: Settings) =>
  createStore<SettingsState>()(() => ({ settings, info: null }))
