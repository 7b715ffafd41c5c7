import type { PeerId } from './ids.ts'

/** What one line of the text form says. */
export interface TextMessage {
  readonly uuid: string
  readonly user: string
  readonly content: TextContent
}

export type TextContent =
  | { readonly kind: 'chat'; readonly text: string }
  | { readonly kind: 'heartbeat'; readonly leader: PeerId }
  | { readonly kind: 'token'; readonly initiator: PeerId }
  | { readonly kind: 'elected'; readonly leader: PeerId }
  | { readonly kind: 'list-build'; readonly initiator: PeerId; readonly ids: readonly PeerId[] }
  | { readonly kind: 'list-update'; readonly ids: readonly PeerId[] }
  | { readonly kind: 'exit'; readonly leaving: PeerId; readonly predecessor: PeerId; readonly successor: PeerId }
  | { readonly kind: 'reconnect'; readonly target: PeerId; readonly next: PeerId }
  | { readonly kind: 'leader-exit'; readonly leader: PeerId; readonly predecessor: PeerId; readonly successor: PeerId }

/** Where an answer to a reference peer's DISCOVER goes: the source of its datagram. */
export interface AnswerTo {
  readonly host: string
  readonly port: number
}
