import { ReplicaStorage } from '#roles/replica/replica-storage'
import { getter, type Replacement } from '../../bugs/raft/replaced.ts'
import type { Scenario } from '../../scenario.ts'

/**
 * Real logs are compacted after a hundred thousand entries, which no run has. Here they are short, so that whoever is
 * away for a while needs a snapshot.
 */
export function shortLogs({ settings }: Scenario): Replacement {
  const { entriesKept = 0 } = settings
  const lastOf = new WeakMap<ReplicaStorage, number>()
  return getter(ReplicaStorage, 'compactTo', (storage) => {
    const upTo = storage.durableIndex - entriesKept
    // The same again would only be a step for nothing.
    if (upTo <= (lastOf.get(storage) ?? 0)) return null
    lastOf.set(storage, upTo)
    return upTo
  })
}
