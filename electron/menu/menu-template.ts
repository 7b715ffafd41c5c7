import type { MenuItemConstructorOptions } from 'electron'
import type { Language, Theme } from '#contract/window/settings'
import { type MenuWords, menuWords } from './words.ts'

export interface MenuParts {
  readonly language: Language
  readonly theme: Theme
  readonly isMac: boolean
  /** Reload and developer tools, for whoever works on the program. */
  readonly isDeveloping: boolean
  chooseTheme(theme: Theme): void
  chooseLanguage(language: Language): void
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The menu as a value: Electron makes the real one of it, a test reads it. */
export function menuTemplate(parts: MenuParts): Item[] {
  const words = menuWords[parts.language]
  const quit: Item = { role: 'quit', label: words.quit }
  const file: Item = { label: words.file, submenu: [{ role: 'close', label: words.close }, separator, quit] }
  return [
    ...(parts.isMac ? [appMenu(words, quit)] : [file]),
    editMenu(words),
    viewMenu(words, parts),
    {
      label: words.window,
      role: 'windowMenu',
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
    { label: words.help, role: 'help', submenu: [{ role: 'about', label: words.about }] },
  ]
}

function appMenu(words: MenuWords, quit: Item): Item {
  return {
    label: 'Colmeia',
    submenu: [
      { role: 'about', label: words.about },
      separator,
      { role: 'services', label: words.services },
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      separator,
      quit,
    ],
  }
}

function editMenu(words: MenuWords): Item {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      separator,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  }
}

function viewMenu(words: MenuWords, parts: MenuParts): Item {
  const theme = (value: Theme, label: string): Item => ({
    label,
    type: 'radio',
    checked: parts.theme === value,
    click: () => parts.chooseTheme(value),
  })
  // A language is named in itself: whoever cannot read the menu finds the own one.
  const language = (value: Language, label: string): Item => ({
    label,
    type: 'radio',
    checked: parts.language === value,
    click: () => parts.chooseLanguage(value),
  })
  const developing: Item[] = [
    separator,
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.devTools },
  ]
  return {
    label: words.view,
    submenu: [
      {
        label: words.theme,
        submenu: [theme('system', words.themeSystem), theme('light', words.themeLight), theme('dark', words.themeDark)],
      },
      { label: words.language, submenu: [language('pt-BR', 'Português'), language('en', 'English')] },
      separator,
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      { role: 'resetZoom', label: words.zoomReset },
      separator,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...(parts.isDeveloping ? developing : []),
    ],
  }
}
