import { fail } from '#kit/result'
import type { RoleStart } from '../role.ts'
import { noRole } from '../status.ts'

/** The user's side of all clusters. */
export const startDesk: RoleStart = () => ({
  facts: () => noRole,
  setFaults: () => {},
  answer: () => fail('does-not-apply', 'the desk has nothing to do yet'),
  stop: () => {},
})
