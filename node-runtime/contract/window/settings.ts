export const languages = ['pt-BR', 'en'] as const
export type Language = (typeof languages)[number]

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

/** What a person chose. Kept by the host in settings.json; the window only mirrors it. */
export interface Settings {
  readonly language: Language
  readonly theme: Theme
  /** Start the demo's clusters when the program opens. */
  readonly startsDemo: boolean
  /** Draw messages as moving dots. Reduced motion of the system wins over it. */
  readonly showsMessages: boolean
}

export interface AppInfo {
  readonly version: string
  readonly shell: 'electron' | 'headless'
  /** Something to tell the user about how this shell runs, e.g. the stand-in Electron. */
  readonly notice: 'stand-in-electron' | null
  readonly versions: { readonly node: string; readonly electron: string | null; readonly chrome: string | null }
  readonly launcher: 'child-process' | 'utility-process'
  readonly lab: string
  readonly dataDir: string
}
