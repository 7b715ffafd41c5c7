import { type Entry, makeEntry } from '#cores/raft/entry'
import type { RaftOutput } from '#cores/raft/messages'
import { stampsNeverGoBack } from '../../properties/raft/stamps-never-go-back.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Writes its own clock on what it proposes, whatever stands before it. */
export const localTimes: RaftBug = {
  name: 'local-times',
  property: stampsNeverGoBack.name,
  parts: spoilt(() => {
    const made = new Map<Entry, Entry>()
    return {
      output(output, inputs) {
        const times = inputs.flatMap((input) =>
          input.kind === 'propose' ? [{ ref: input.ref, atMs: input.atMs }] : [],
        )
        for (const { ref, end } of output.accepted) {
          const atMs = times.find((time) => time.ref === ref)?.atMs
          const entry = output.persist?.entries.find(({ index }) => index === end.index)
          if (entry !== undefined && atMs !== undefined) made.set(entry, makeEntry({ ...entry, atMs }))
        }
        return made.size === 0 ? output : withEntries(output, (entry) => made.get(entry) ?? entry)
      },
    }
  }),
}

function withEntries(output: RaftOutput, change: (entry: Entry) => Entry): RaftOutput {
  const { persist, messages, committed } = output
  return {
    ...output,
    persist: persist && { ...persist, entries: persist.entries.map(change) },
    committed: committed.map(change),
    messages: messages.map(({ to, message }) =>
      message.kind === 'append'
        ? { to, message: { ...message, entries: message.entries.map(change) } }
        : { to, message },
    ),
  }
}
