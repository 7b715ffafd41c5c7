import { BrowserWindow, screen, type WebContents } from 'electron'
import { fail, ok, type Result } from '#kit/result'
import { safePreferences } from '../security/web-preferences.ts'
import { readWindowState, visibleBounds, windowSizes, writeWindowState } from './window-state.ts'

/** Windows open at once. The next one is refused as busy. */
const windowsMax = 24

export interface WindowParts {
  readonly preload: string
  /** Where our pages come from; a route goes behind it. */
  readonly origin: string
  readonly statePath: string
  readonly icon: string | null
  backgroundColor(): string
  /** Before anything is loaded into it. */
  onOpened(contents: WebContents): void
  onReadyToShow(): void
}

/** All windows of the program. The first one's place is remembered; others open beside it, at a place of the program. */
export class Windows {
  readonly #parts: WindowParts
  readonly #open = new Set<BrowserWindow>()
  #rememberMain: () => void = () => undefined

  constructor(parts: WindowParts) {
    this.#parts = parts
  }

  pages(): readonly WebContents[] {
    return [...this.#open].filter((window) => !window.isDestroyed()).map((window) => window.webContents)
  }

  openMain(): void {
    const { statePath } = this.#parts
    const { bounds, isMaximized } = readWindowState(statePath)
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    const window = this.#create(visibleBounds(bounds, areas) ?? {})
    if (isMaximized) window.maximize()
    this.#rememberMain = () => {
      if (window.isDestroyed()) return
      writeWindowState(statePath, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
    }
    window.on('close', this.#rememberMain)
    this.#load(window, '/')
  }

  /** A place that has a window of its own already is shown there: a user of the chat has one, not two. */
  openRoute(route: string): Result<null> {
    const known = [...this.#open].find((window) => !window.isDestroyed() && placeOf(window) === route)
    if (known !== undefined) {
      toFront(known)
      return ok(null)
    }
    if (this.#open.size >= windowsMax) return fail('busy', `${windowsMax} windows are open`)
    this.#load(this.#create({}), route)
    return ok(null)
  }

  /** Somebody started the program again: the one that runs comes to the front. */
  show(): void {
    const [window] = this.#open
    if (window === undefined) {
      this.openMain()
      return
    }
    toFront(window)
  }

  setBackground(color: string): void {
    for (const window of this.#open) window.setBackgroundColor(color)
  }

  /** The place is remembered first: a destroyed window does not say "close". */
  closeAll(): void {
    this.#rememberMain()
    for (const window of this.#open) window.destroy()
  }

  #create(bounds: Partial<Electron.Rectangle>): BrowserWindow {
    const { preload, icon, backgroundColor, onOpened, onReadyToShow } = this.#parts
    const window = new BrowserWindow({
      ...windowSizes,
      ...bounds,
      ...(icon === null ? {} : { icon }),
      title: 'Colmeia',
      // An empty frame in the wrong colour would flash before the page has drawn itself.
      show: false,
      backgroundColor: backgroundColor(),
      webPreferences: safePreferences(preload),
    })
    this.#open.add(window)
    onOpened(window.webContents)
    window.once('closed', () => this.#open.delete(window))
    window.once('ready-to-show', () => {
      window.show()
      onReadyToShow()
    })
    return window
  }

  #load(window: BrowserWindow, route: string): void {
    const url = new URL('/', `${this.#parts.origin}/`)
    if (route !== '/') url.hash = route
    // A load that fails shows itself as an empty window and in did-fail-load; there is nobody to hand a rejection to.
    window.loadURL(url.href).catch(() => undefined)
  }
}

function toFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}

function placeOf(window: BrowserWindow): string {
  return window.webContents.getURL().split('#')[1] ?? '/'
}
