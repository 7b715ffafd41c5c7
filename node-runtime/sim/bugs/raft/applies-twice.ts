import { stateIsWhatWasApplied } from '../../properties/raft/state-is-what-was-applied.ts'
import type { RaftDisk } from '../../subjects/raft/disk.ts'
import type { RaftBug } from './raft-bug.ts'

/** Writes the state, and how far it goes only with the next one: what lies between is applied again after a restart. */
export const appliesTwice: RaftBug = {
  name: 'applies-twice',
  property: stateIsWhatWasApplied.name,
  parts: {
    keep(disk, keeping) {
      const { state } = keeping
      const before = state === null ? undefined : lastKept.get(disk)
      if (state !== null) lastKept.set(disk, state.base)
      disk.keep(state === null || before === undefined ? keeping : { ...keeping, state: { ...state, base: before } })
    },
  },
}

const lastKept = new WeakMap<RaftDisk, NonNullable<Parameters<RaftDisk['keep']>[0]['state']>['base']>()
