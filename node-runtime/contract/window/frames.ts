import type { EventName } from './channels.ts'

/**
 * What the carriers other than Electron put on their line: the web page's socket and the command line's. One JSON text a
 * frame. No imports at run time: the page's bundle carries this file.
 *
 * The page opens a WebSocket to `bridgePath` of its own origin and says nothing about a token: the shell gave the browser
 * a cookie with the page, and the upgrade carries it. A refused upgrade means that the lab was started anew: the printed
 * address has to be opened again.
 */
export const bridgePath = '/bridge'

export type ClientFrame =
  | { readonly kind: 'call'; readonly sequence: number; readonly name: string; readonly input: unknown }
  /** Which events this line wants from now on; the whole list each time, none before the first. */
  | { readonly kind: 'listen'; readonly events: readonly EventName[] }

export type ServerFrame =
  /** The value's shape follows from the call that had this sequence number. */
  | { readonly kind: 'answer'; readonly sequence: number; readonly result: unknown }
  | { readonly kind: 'event'; readonly name: EventName; readonly payload: unknown }
