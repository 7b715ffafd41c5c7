import type { Always } from '../../subject.ts'
import { direct, plan } from '../../subjects/chat/people.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'

/** Whoever is not in a conversation is shown nothing of it, not even that there is one. */
export const privateStaysPrivate: Always<ChatWords> = {
  name: 'what is private is shown to nobody else',
  start:
    () =>
    ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'shown' && isOfOthers(note.answer)) return `${note.query} showed ${note.answer.slice(0, 200)}`
      }
      return null
    },
}

function isOfOthers(answer: string): boolean {
  return [plan, JSON.stringify(direct).slice(1, -1), '"plan"', '"ana","readNumber"'].some((part) =>
    answer.includes(part),
  )
}
