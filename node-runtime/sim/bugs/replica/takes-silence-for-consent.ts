import { nothingIsLost } from '../../properties/replica/what-clients-see.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** A client that hears nothing says that it is done. */
export const takesSilenceForConsent: ReplicaBug = {
  name: 'takes-silence-for-consent',
  property: nothingIsLost.name,
  parts: { uncertain: 'take-for-done' },
}
