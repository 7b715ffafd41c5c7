import type { WindowBridge } from './types.ts'
import { WebBridge } from './web-bridge.ts'

/** Electron's preload has put a bridge there; otherwise this is a web page. `?fake` exists in development only. */
export async function chooseBridge(): Promise<WindowBridge> {
  if (import.meta.env.DEV && new URLSearchParams(window.location.search).has('fake')) {
    const { startFakeBridge } = await import('./fake/start-fake-bridge.ts')
    return startFakeBridge(window.location.search)
  }
  if (window.colmeia) return window.colmeia
  return new WebBridge({
    open: (address) => new WebSocket(address),
    origin: window.location.origin,
    openWindow: (route) => window.open(`#${route}`, '_blank') !== null,
    wait: (work, delayMs) => window.setTimeout(work, delayMs),
    cancel: (waiting) => window.clearTimeout(waiting),
  })
}
