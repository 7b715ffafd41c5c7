import type { Language, Settings, Theme } from '#contract/window/settings'
import type { Stop } from '#kit/stop-stack'

/** As much of Electron's nativeTheme as is needed; a test gives its own. */
export interface SystemTheme {
  themeSource: Theme
  readonly shouldUseDarkColors: boolean
  on(event: 'updated', listener: () => void): unknown
  removeListener(event: 'updated', listener: () => void): unknown
}

/** The colours that the page's own styles give its ground, for the moment before it has drawn anything. */
const grounds = { light: '#f7f7f5', dark: '#16181c' } as const

export function groundColor(theme: Pick<SystemTheme, 'shouldUseDarkColors'>): string {
  return theme.shouldUseDarkColors ? grounds.dark : grounds.light
}

export interface AppearanceParts {
  readonly system: SystemTheme
  readonly settings: { readonly settings: Settings; onChange(listener: (settings: Settings) => void): Stop }
  setBackground(color: string): void
  setMenu(language: Language, theme: Theme): void
}

/** Window frame, native dialogs and menu follow what a person chose. */
export function followSettings({ system, settings, setBackground, setMenu }: AppearanceParts): Stop {
  const apply = ({ theme, language }: Settings): void => {
    system.themeSource = theme
    setMenu(language, theme)
  }
  const repaint = (): void => setBackground(groundColor(system))
  apply(settings.settings)
  repaint()
  system.on('updated', repaint)
  const stopFollowing = settings.onChange(apply)
  return async () => {
    system.removeListener('updated', repaint)
    await stopFollowing()
  }
}
