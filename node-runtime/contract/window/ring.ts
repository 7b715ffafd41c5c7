import { z } from 'zod'
import {
  type RingCallName,
  type RingInput,
  type RingReach,
  type RingTextsFrom,
  type RingTimingName,
  ringCommands,
  ringLimits,
  ringReaches,
  ringTextsFrom,
  ringTimingNames,
} from '#contract/worker/ring'
import { cluster, node } from './ids.ts'

/** What the window may ask a ring peer. The peer takes what has passed here as it is. */
export const ringInputs = {
  'ring.say': z.strictObject({ nodeId: node, text: z.string().min(1).max(ringLimits.textCharsMax) }),
  'ring.history': z.strictObject({
    nodeId: node,
    before: z.string().max(ringLimits.placeCharsMax).nullable(),
    limit: z.int().min(1).max(ringLimits.rowsPerPageMax),
  }),
  'ring.command': z.strictObject({ nodeId: node, command: z.enum(ringCommands) }),
} as const satisfies { readonly [Name in RingCallName]: z.ZodType<RingInput<Name>> }

/** How the lab's ring is set up: kept in lab.json, and the same after every start. */
export interface RingSettings {
  /** What the peers that run here are called, in their order; there are as many as names. */
  readonly names: readonly string[]
  readonly reach: RingReach
  /** Which network, by its name on this machine; null: the one that leads out. It counts for `lan` only. */
  readonly interface: string | null
  readonly textsFrom: RingTextsFrom
  readonly timing: RingTimingName
  /** `lab`: a key that no other lab has; `phrase`: one that follows from a phrase, for peers of several machines. */
  readonly key: 'lab' | 'phrase'
}

export interface RingSetup {
  readonly settings: RingSettings
  /** Follows from the key: who sees the same one has typed the same phrase. */
  readonly fingerprint: string
  readonly group: { readonly host: string; readonly port: number }
  /** What `interface` can name now. */
  readonly interfaces: readonly RingInterface[]
  /** Where peers that start now are reached by others; null: the network that was chosen is not there. */
  readonly host: string | null
}

export interface RingInterface {
  readonly name: string
  /** Its IPv4 address: the ids of a ring's peers have no other. */
  readonly host: string
}

export interface RingConfigured {
  readonly setup: RingSetup
  /** The phrase that was invented. It is told this once, and kept nowhere. */
  readonly phrase: string | null
}

const name = z
  .string()
  .trim()
  .min(1)
  .max(ringLimits.nameCharsMax)
  // Reference peers would take the rest for the message.
  .regex(/^[^|\p{Cc}]*$/u)
const phrase = z.string().min(ringLimits.phraseCharsMin).max(ringLimits.phraseCharsMax)

/** What is not named stays as it is. */
export const ringSettingsChange = z.strictObject({
  names: z.array(name).min(1).max(ringLimits.peersMax).readonly().optional(),
  reach: z.enum(ringReaches).optional(),
  interface: z.string().min(1).max(ringLimits.interfaceCharsMax).nullable().optional(),
  textsFrom: z.enum(ringTextsFrom).optional(),
  timing: z.enum(ringTimingNames).optional(),
  /** `invented`: of a phrase that this program draws; the answer tells it. */
  key: z
    .discriminatedUnion('from', [
      z.strictObject({ from: z.literal('lab') }),
      z.strictObject({ from: z.literal('phrase'), phrase }),
      z.strictObject({ from: z.literal('invented') }),
    ])
    .optional(),
})
export type RingSettingsChange = z.output<typeof ringSettingsChange>

export const ringSetupInputs = {
  'ring.setup': z.strictObject({ clusterId: cluster }),
  'ring.configure': z.strictObject({ clusterId: cluster, change: ringSettingsChange }),
} as const
