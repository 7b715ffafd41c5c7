import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'

/** Whoever asks again for a command of its session is told what it was told first; that it was told is not forgotten. */
export const retriesAreAnsweredAlike: Always<NotaryWords> = {
  name: 'a retried command gets its first answer',
  start() {
    const first = new Map<string, { readonly index: number; readonly answer: string }>()
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'executed') {
          const { command, index, answer } = note
          const known = first.get(command)
          if (known === undefined) first.set(command, { index, answer })
          else if (known.index !== index) return `${command} was executed at ${known.index}, then at ${index}`
          else if (known.answer !== answer) return `${command} was answered in another way the second time`
        } else if (note.kind === 'not-executed' && first.has(note.command)) {
          const isWeather = note.code === 'timed-out' || note.code === 'busy' || note.code === 'not-leader'
          if (!isWeather) return `${note.command} was answered, and later refused as ${note.code}`
        }
      }
      return null
    }
  },
}
