import type { App } from 'electron'
import { within } from '#host/within'

/** A lab that has not stopped by then is ended by force. Nodes have 3 s of their own inside it. */
export const quitLimits = { stopWithinMs: 3_500 } as const

export interface QuitParts {
  closeWindows(): void
  /** Stops the lab in order. */
  stop(): Promise<void>
  /** Ends every worker that is still there. */
  killAll(): void
  log(line: string): void
}

/**
 * Holds the program's end back once, until no worker is left. A second request while it works changes nothing; there is
 * no `beforeunload` in our pages that could refuse.
 */
export function stopBeforeQuit(app: Pick<App, 'on' | 'quit'>, parts: QuitParts): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running'
  app.on('before-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state === 'stopping') return
    state = 'stopping'
    parts.closeWindows()
    void endLab(parts).then(() => {
      state = 'stopped'
      app.quit()
    })
  })
}

/** Also the way out after a bug: in order as far as that goes, and then by force. */
export async function endLab({ stop, killAll, log }: QuitParts): Promise<void> {
  const isInOrder = await within(quitLimits.stopWithinMs, stop())
  if (!isInOrder) log('the lab did not stop in time; its workers are killed')
  killAll()
}
