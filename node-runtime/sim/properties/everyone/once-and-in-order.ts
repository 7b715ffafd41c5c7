import type { Said } from '#cores/chat/everyone/messages'
import type { Always } from '../../subject.ts'
import type { EveryoneView, EveryoneWords } from '../../subjects/everyone/words.ts'
import { changedSince } from './looked-at.ts'

/** Nobody says the same twice in these worlds, so a text that stands twice was doubled by a server. */
export const onceAndInOrder: Always<EveryoneWords> = {
  name: 'what was said stands once, at its place',
  start() {
    const changed = changedSince()
    return ({ views }) => {
      for (const view of views.filter(changed)) {
        const flaw = flawOf(view)
        if (flaw !== null) return `${view.node} ${flaw}`
      }
      return null
    }
  },
}

function flawOf({ content }: EveryoneView): string | null {
  const texts = new Set<string>()
  let last: Said | null = null
  for (const said of content.said) {
    if (texts.has(said.text)) return `tells "${said.text}" twice.`
    texts.add(said.text)
    if (last !== null && !isBefore(last, said)) return `tells "${said.text}" out of its place.`
    last = said
  }
  return null
}

/** By itself, and not with the core's own comparison, which may be what is wrong. */
function isBefore(one: Said, other: Said): boolean {
  if (one.clock !== other.clock) return one.clock < other.clock
  return one.origin === other.origin ? one.id < other.id : one.origin < other.origin
}
