import { Pump } from '#roles/pump'
import { settled } from '../../properties/replica/settled.ts'
import { method } from '../raft/replaced.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** Whose disk has refused once never asks it again. */
export const neverProbes: ReplicaBug = {
  name: 'never-probes',
  property: settled.name,
  rules: [method(Pump, 'probe', () => () => {})],
}
