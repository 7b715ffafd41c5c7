import type { WebContents } from 'electron'
import { isAtOrigin } from './origin.ts'

/** A page stays where it is: no leaving, no window of its own making, no embedded browser. */
export function guardContents(contents: WebContents, origin: string): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (!isAtOrigin(url, origin)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAtOrigin(event.url, origin)) event.preventDefault()
  })
}
