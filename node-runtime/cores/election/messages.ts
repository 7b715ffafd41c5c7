import type { NodeId } from '#kit/ids'

/** How often the coordinator speaks, and how long others wait for what. Both elections take the same four. */
export interface ChoiceTiming {
  readonly heartbeatTicks: number
  /** A coordinator that was not heard for so long is taken for dead. */
  readonly silenceTicks: number
  readonly answerTicks: number
  /** Who was answered waits so long for the winner's word before it asks again. */
  readonly announceTicks: number
}

export type Phase = 'starting' | 'asking' | 'waiting' | 'following' | 'coordinating'

/** Why a phase ended. *Better* is higher in bully's order, and of smaller rank in rank. */
export type PhaseWhy =
  | 'started'
  | 'was-asked'
  | 'silence'
  | 'no-better-answered'
  | 'better-answered'
  | 'no-announcement'
  | 'better-announced'
  | 'lesser-announced'

/** What happened in a step, for people. */
export interface ChoiceNote {
  readonly kind: 'phase-changed'
  readonly from: Phase
  readonly to: Phase
  readonly why: PhaseWhy
  readonly coordinator: NodeId | null
  /** Since the phase began, or since the coordinator was last heard. */
  readonly afterTicks: number
}

export interface ChoiceEnvelope<Message> {
  readonly to: NodeId
  readonly message: Message
}

/** One record per step. Nothing of it needs a disk: an election of this kind remembers nothing across lives. */
export interface ChoiceOutput<Message> {
  readonly messages: readonly ChoiceEnvelope<Message>[]
  readonly notes: readonly ChoiceNote[]
  /** A peer broke the protocol. We stay up and say so. */
  readonly anomaly: string | null
  /** Who should lead, as far as this node knows. A wish and no fact: another node may choose another at the same time. */
  readonly choice: NodeId | null
}

interface ChoiceView {
  readonly id: NodeId
  readonly phase: Phase
  readonly coordinator: NodeId | null
  /** null while there is none; 0 at the coordinator itself. */
  readonly coordinatorHeardTicksAgo: number | null
}

export type BullyMessage =
  | { readonly kind: 'election' }
  | { readonly kind: 'answer' }
  | { readonly kind: 'coordinator' }

export interface BullyConfig extends ChoiceTiming {
  readonly id: NodeId
  /** All members, this one included, from the lowest to the highest. */
  readonly order: readonly NodeId[]
}

export type BullyInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: BullyMessage }

export interface BullyView extends ChoiceView {
  readonly order: readonly NodeId[]
}

export type RankMessage = { readonly kind: 'election' } | { readonly kind: 'ok' } | { readonly kind: 'coordinator' }

export interface RankedServer {
  readonly node: NodeId
  readonly rank: number
}

export interface RankConfig extends ChoiceTiming {
  readonly id: NodeId
  /** For a group without a reference server the whole list; otherwise empty. */
  readonly servers: readonly RankedServer[]
}

export type RankInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: RankMessage }
  /** The servers that the reference takes for available now. */
  | { readonly kind: 'list'; readonly servers: readonly RankedServer[] }

export interface RankView extends ChoiceView {
  /** null as long as no list named this node. */
  readonly rank: number | null
  /** All whom any list has named, the smallest rank first. */
  readonly servers: readonly RankedServer[]
}
