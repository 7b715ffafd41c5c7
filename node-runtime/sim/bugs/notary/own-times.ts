import { recordsAgree } from '../../properties/notary/records-agree.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Writes the time of its own clock into a record. */
export const ownTimes: NotaryBug = {
  name: 'own-times',
  property: recordsAgree.name,
  parts: spoiltMachine((right, { wallMs }) => ({
    apply: (entry, state) => right.apply({ ...entry, atMs: wallMs() }, state),
  })),
}
