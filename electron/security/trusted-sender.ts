import { isAtOrigin } from './origin.ts'

/** As much of Electron's WebFrameMain as tells who speaks. */
export interface Frame {
  readonly processId: number
  readonly routingId: number
  readonly url: string
}

/** Only the main frame of a window that we opened, and only while it shows a page of ours. */
export function isTrustedSender(sender: Frame | null, mainFrames: readonly Frame[], origin: string): boolean {
  if (sender === null || !isAtOrigin(sender.url, origin)) return false
  return mainFrames.some(({ processId, routingId }) => processId === sender.processId && routingId === sender.routingId)
}
