import type { RaftMessage, RaftNote, RaftView } from '#cores/raft/messages'

/** The words of raft elections, for the engine's types. A type and not an interface: it must fit `Words`. */
export type ElectionWords = {
  readonly message: RaftMessage
  readonly view: RaftView
  readonly note: RaftNote
}
