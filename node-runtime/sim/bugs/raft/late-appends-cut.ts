import { viewsAreHonest } from '../../properties/raft/views-are-honest.ts'
import { messagesIn, spoilt } from './core-with-bug.ts'
import { nothingKept, type RaftBug } from './raft-bug.ts'

/** Takes the end of an append for the end of the log: a late one cuts away what came after it. */
export const lateAppendsCut: RaftBug = {
  name: 'late-appends-cut',
  property: viewsAreHonest.name,
  parts: spoilt(({ core }) => ({
    output(output, inputs) {
      const { term, last, commitIndex } = core.view
      const late = messagesIn(inputs, 'append').find(({ message }) => {
        const end = message.entries.at(-1)?.index ?? 0
        return message.term === term && end > commitIndex && end < last.index
      })
      if (late === undefined || (output.persist?.entries.length ?? 0) > 0) return output
      const entries = late.message.entries.slice(-1)
      return { ...output, persist: { ...(output.persist ?? nothingKept), entries } }
    },
  })),
}
