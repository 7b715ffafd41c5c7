import type { NodeId } from '#kit/ids'

/** Both clocks of a node at one moment, in whole milliseconds. */
export interface Reading {
  /** What the machine takes for the time. It may be wrong, drift, and be set by anybody. */
  readonly localMs: number
  /** Since some moment; it runs and is never set. */
  readonly monotonicMs: number
}

export type BerkeleyMessage =
  /** What time is it with you? */
  | { readonly kind: 'poll'; readonly round: number }
  | { readonly kind: 'time'; readonly round: number; readonly timeMs: number }
  /** Add so much to your clock; it may then still be wrong by `errorMs`. */
  | { readonly kind: 'adjust'; readonly round: number; readonly byMs: number; readonly errorMs: number }
  /** A node has counted enough messages to want its clock compared. */
  | { readonly kind: 'poll-wanted' }

export interface BerkeleyConfig {
  readonly id: NodeId
  /** All nodes of the group, this one included. */
  readonly members: readonly NodeId[]
  /** From the beginning of one round to that of the next. */
  readonly pollTicks: number
  /** No round begins sooner after the one before, however many want it. */
  readonly pollTicksMin: number
  /** A round does not wait longer for answers. */
  readonly pollWaitTicks: number
  readonly messagesPerPoll: number
  /** So many rounds in a row leave in doubt which clock is wrong, before one counts all the same. */
  readonly doubtRounds: number
  /** Clocks that are further from the median have no say. */
  readonly outlierMs: number
  /** The most by which one tick bends the corrected clock. */
  readonly slewMsPerTick: number
  /** A first correction beyond this steps forward at once. */
  readonly stepMs: number
  /** What a machine's clock may run fast or slow, in millionths. */
  readonly driftPpm: number
}

export type BerkeleyInput =
  | { readonly kind: 'tick'; readonly at: Reading }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: BerkeleyMessage; readonly at: Reading }
  /** Who coordinates: the leader; null while there is none. */
  | { readonly kind: 'coordinator'; readonly node: NodeId | null }
  /** The application sent or received a message. */
  | { readonly kind: 'message-counted' }

export type BerkeleyNote =
  | {
      readonly kind: 'clocks-compared'
      /** The coordinator among them. */
      readonly takenPart: number
      readonly outliers: readonly NodeId[]
      readonly unheard: readonly NodeId[]
    }
  | { readonly kind: 'clock-corrected'; readonly byMs: number; readonly errorMs: number; readonly isStep: boolean }

export interface BerkeleyEnvelope {
  readonly to: NodeId
  readonly message: BerkeleyMessage
}

export interface BerkeleyOutput {
  readonly messages: readonly BerkeleyEnvelope[]
  readonly notes: readonly BerkeleyNote[]
  /** A peer broke the protocol. We stay up and say so. */
  readonly anomaly: string | null
}

export interface BerkeleyView {
  readonly id: NodeId
  readonly coordinator: NodeId | null
  /** The time by which this node goes; it never goes back in one life. */
  readonly correctedMs: number
  /** What the corrected clock adds to the node's own now. */
  readonly offsetMs: number
  /** What is still to be added, a little at each tick. */
  readonly slewLeftMs: number
  /** How far the corrected clock may be from the group's; null before the first correction. */
  readonly errorMs: number | null
  readonly lastSyncTicksAgo: number | null
  /** At the coordinator: clocks in the last round, its own included, and those that had no say; elsewhere null and none. */
  readonly takenPart: number | null
  readonly outliers: readonly NodeId[]
}
