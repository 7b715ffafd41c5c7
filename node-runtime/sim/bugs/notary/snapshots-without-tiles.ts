import { spaces } from '#cores/notary/rows'
import { proofsProve } from '../../properties/notary/proofs-prove.ts'
import type { NotaryBug } from './notary-bug.ts'
import { snapshotsWithout } from './without-spaces.ts'

/** A snapshot has the records and the head of the tree, and not the tree. */
export const snapshotsWithoutTiles: NotaryBug = {
  name: 'snapshots-without-tiles',
  property: proofsProve.name,
  rules: [snapshotsWithout([spaces.tiles])],
}
