import { termsNeverGoBack } from '../../properties/election/terms-never-go-back.ts'
import type { ElectionBug } from './election-bug.ts'

export const forgetsTerm: ElectionBug = {
  name: 'forgets-term',
  property: termsNeverGoBack.name,
  parts: { restore: () => null },
}
