import { spaces } from '#cores/notary/rows'
import { noOwnAssertion } from '../../run.ts'
import type { NotaryBug } from './notary-bug.ts'
import { snapshotsWithout } from './without-spaces.ts'

/** A snapshot has all records, and nothing to find them by. */
export const snapshotsWithoutFingers: NotaryBug = {
  name: 'snapshots-without-fingers',
  property: noOwnAssertion,
  rules: [snapshotsWithout([spaces.hashes, spaces.ids])],
}
