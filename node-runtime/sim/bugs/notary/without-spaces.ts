import { StateCache } from '#roles/replica/state-cache'
import type { Replacement } from '../raft/replaced.ts'

/** Snapshots are made of the spaces of a state; these are left out of them. */
export function snapshotsWithout(left: readonly string[]): Replacement {
  return {
    of: StateCache.prototype,
    name: 'spaces',
    replace: (right) => ({
      get(this: StateCache): readonly string[] {
        const spaces: readonly string[] = right.get?.call(this) ?? []
        return spaces.filter((space) => !left.includes(space))
      },
    }),
  }
}
