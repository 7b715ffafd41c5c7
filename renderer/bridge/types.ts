import type { AppBridge } from '#contract/window/contract'

/** How the line to the lab is. `refused`: it will not come back by itself, because the lab was started anew. */
export type Line = 'open' | 'lost' | 'refused'

export interface WindowBridge extends AppBridge {
  /** A bridge whose line can break says so. Electron's cannot: its window ends with its host. */
  watchLine?(listener: (line: Line) => void): () => void
}

declare global {
  interface Window {
    /** Put there by the preload of the Electron shell, and by nothing else. */
    readonly colmeia?: WindowBridge
  }
}
