import { type RoleName, roleNames } from '#contract/worker/protocol'
import { startDesk } from './desk/desk.ts'
import { startNotaryPeer } from './notary-peer.ts'
import { startRegisterPeer } from './register-peer.ts'
import type { RoleStart } from './role.ts'

/** Every role that a worker of this build can take. A name without a start does not compile. */
const roles: Readonly<Record<RoleName, RoleStart>> = {
  desk: startDesk,
  'notary-peer': startNotaryPeer,
  'register-peer': startRegisterPeer,
}

/** null for a name that this build does not know: the plan may come from a newer program. */
export function roleOf(name: string): RoleStart | null {
  const known = roleNames.find((role) => role === name)
  return known === undefined ? null : roles[known]
}
