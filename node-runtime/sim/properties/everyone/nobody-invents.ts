import type { Act, Said } from '#cores/chat/everyone/messages'
import type { Always } from '../../subject.ts'
import { foreign, foreignNumberOf } from '../../subjects/everyone/people.ts'
import type { EveryoneWords } from '../../subjects/everyone/words.ts'
import { changedSince } from './looked-at.ts'

/** What is told was said, to that channel or user and in these words, by a person there or a foreign server. */
export const nobodyInvents: Always<EveryoneWords> = {
  name: 'nobody is quoted with what was not said',
  start() {
    const changed = changedSince()
    const asked = new Map<string, string>()
    const right = new WeakSet<Said>()
    return ({ views, notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'asked') asked.set(`${note.id} at ${node}`, wordsOf(note.act))
      }
      for (const { node, content } of views.filter(changed)) {
        for (const said of content.said) {
          if (right.has(said)) continue
          if (!isTrue(said, asked)) return `${node} quotes ${wordsOf(said)}.`
          right.add(said)
        }
      }
      return null
    }
  },
}

function isTrue(said: Said, asked: ReadonlyMap<string, string>): boolean {
  const number = foreignNumberOf(said.id)
  if (number === null) return asked.get(`${said.id} at ${said.origin}`) === wordsOf(said)
  const right = foreign(number)
  return wordsOf(right) === wordsOf(said) && right.clock === said.clock && right.origin === said.origin
}

export function wordsOf(act: Act): string {
  if (act.kind === 'channel') return `channel ${act.channel}`
  if (act.kind === 'login') return `log-in of ${act.user}`
  return `${act.kind} by ${act.from} to ${act.to}: ${act.text}`
}
