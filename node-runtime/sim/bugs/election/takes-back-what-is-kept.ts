import { termsNeverGoBack } from '../../properties/election/terms-never-go-back.ts'
import type { ElectionBug } from './election-bug.ts'

/** Reports a full disk in words that the core must take for a failed write: it goes back behind what is on disk. */
export const takesBackWhatIsKept: ElectionBug = {
  name: 'takes-back-what-is-kept',
  property: termsNeverGoBack.name,
  parts: { tellRefusal: (step) => step({ kind: 'cannot-write' }) },
}
