import { Sessions } from '#roles/replica/sessions'
import { recordsAgree } from '../../properties/notary/records-agree.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Keeps its sessions in memory alone: after a start it refuses commands that others carry out. */
export const forgetsSessions: NotaryBug = {
  name: 'forgets-sessions',
  property: recordsAgree.name,
  rules: [method(Sessions, 'save', () => () => {})],
}
