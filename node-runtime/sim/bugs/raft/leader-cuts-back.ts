import type { Entry } from '#cores/raft/entry'
import { leaderAppendOnly } from '../../properties/raft/leader-append-only.ts'
import { messagesIn, spoilt } from './core-with-bug.ts'
import { nothingKept, type RaftBug } from './raft-bug.ts'

/** A leader whose append is refused gives way, and cuts its own log to where the other's ends. */
export const leaderCutsBack: RaftBug = {
  name: 'leader-cuts-back',
  property: leaderAppendOnly.name,
  parts: spoilt(({ core, restored }) => {
    const known = new Map<number, Entry>(restored.entries.map((entry) => [entry.index, entry]))
    return {
      output(output, inputs) {
        for (const entry of output.persist?.entries ?? []) known.set(entry.index, entry)
        const { role, term, last } = core.view
        const refusal = messagesIn(inputs, 'append-refusal').find(({ message }) => message.term === term)?.message
        const kept = refusal === undefined ? undefined : known.get(refusal.hint.index)
        const isCut = role === 'leader' && kept !== undefined && kept.index < last.index
        if (!isCut || (output.persist?.entries.length ?? 0) > 0) return output
        return { ...output, persist: { ...(output.persist ?? nothingKept), entries: [kept] } }
      },
    }
  }),
}
