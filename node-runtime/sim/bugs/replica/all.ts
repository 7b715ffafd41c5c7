import { asksAnew } from './asks-anew.ts'
import { forgetsPromises } from './forgets-promises.ts'
import { misnamesHeartbeats } from './misnames-heartbeats.ts'
import { neverProbes } from './never-probes.ts'
import { readsAtOnce } from './reads-at-once.ts'
import type { ReplicaBug } from './replica-bug.ts'
import { takesSilenceForConsent } from './takes-silence-for-consent.ts'

export const replicaBugs: readonly ReplicaBug[] = [
  asksAnew,
  forgetsPromises,
  misnamesHeartbeats,
  neverProbes,
  readsAtOnce,
  takesSilenceForConsent,
]
