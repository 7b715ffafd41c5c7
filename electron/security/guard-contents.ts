import type { WebContents } from 'electron'
import { doorOf, isAtOrigin } from './origin.ts'

/** A page stays where it is: no leaving, no window of its own making, no embedded browser, no frame but the door. */
export function guardContents(contents: WebContents, origin: string): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  const stay = (event: { preventDefault(): void }, url: string, at = origin): void => {
    if (!isAtOrigin(url, at)) event.preventDefault()
  }
  contents.on('will-navigate', (event, url) => stay(event, url))
  contents.on('will-redirect', (event, url) => stay(event, url))
  contents.on('will-frame-navigate', (event) => {
    stay(event, event.url, event.isMainFrame ? origin : doorOf(origin))
  })
}
