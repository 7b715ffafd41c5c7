import { nothingIsDoubled } from '../../properties/replica/what-clients-see.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** A client that hears nothing gives its command another number and asks again. */
export const asksAnew: ReplicaBug = {
  name: 'asks-anew',
  property: nothingIsDoubled.name,
  parts: { uncertain: 'ask-anew' },
}
