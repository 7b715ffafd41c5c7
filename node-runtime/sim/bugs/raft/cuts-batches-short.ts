import { committedOutlives } from '../../properties/raft/committed-outlives.ts'
import type { RaftBug } from './raft-bug.ts'

/** Of several entries that go to the disk together the last one does not. */
export const cutsBatchesShort: RaftBug = {
  name: 'cuts-batches-short',
  property: committedOutlives.name,
  parts: {
    keep(disk, { persist, state }) {
      const entries = persist === null || persist.entries.length < 2 ? persist?.entries : persist.entries.slice(0, -1)
      disk.keep({ persist: persist === null ? null : { ...persist, entries: entries ?? [] }, state })
    },
  },
}
