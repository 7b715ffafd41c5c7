import type { RaftMessage } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'

export type Leadership = 'follower' | 'pre-candidate' | 'candidate' | 'leader'

export interface ReplicaView {
  readonly id: NodeId
  /** `down`: its role could not start, and is started again soon. */
  readonly role: Leadership | 'client' | 'down'
  readonly term: number
  readonly leader: NodeId | null
  readonly incarnation: number
  /** At a member: up to which entry its state goes. */
  readonly appliedIndex: number
  /** At a client: nothing is under way, and it has read every list once more. */
  readonly isDone: boolean
}

export type ReplicaNote =
  | { readonly kind: 'role-changed'; readonly to: string; readonly term: number }
  | { readonly kind: 'began-anew' }
  | { readonly kind: 'asked'; readonly item: string; readonly list: string }
  | { readonly kind: 'answered'; readonly item: string; readonly fate: 'done' | 'refused' | 'unknown' }
  | {
      readonly kind: 'list-read'
      readonly list: string
      readonly askedTick: number
      readonly items: readonly string[]
      readonly isFinal: boolean
    }

/** What travels is the bytes; the words of raft in them are beside them, for whoever watches. */
export type ReplicaWords = {
  readonly message: { readonly bytes: Uint8Array; readonly raft: RaftMessage | null }
  readonly view: ReplicaView
  readonly note: ReplicaNote
}
