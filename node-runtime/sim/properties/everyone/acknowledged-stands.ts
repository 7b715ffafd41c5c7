import type { Operation } from '#cores/chat/everyone/messages'
import type { Always } from '../../subject.ts'
import type { ContentShown, EveryoneView, EveryoneWords } from '../../subjects/everyone/words.ts'
import { wordsOf } from './nobody-invents.ts'

/** What a server has answered, it has: in this life and in every other one, unless its disk is lost. */
export const acknowledgedStands: Always<EveryoneWords> = {
  name: 'what a server acknowledged it has for good',
  start() {
    const acknowledged = new Map<string, Operation[]>()
    const seen = new WeakMap<ContentShown, number>()
    return ({ views, notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'disk-lost') acknowledged.delete(node)
        if (note.kind !== 'answered') continue
        const those = acknowledged.get(node) ?? []
        acknowledged.set(node, those)
        those.push(note.operation)
      }
      for (const view of views) {
        const those = acknowledged.get(view.node) ?? []
        const lost = those.slice(seen.get(view.content) ?? 0).find((operation) => !stands(operation, view))
        if (lost !== undefined) return `${view.node} had acknowledged ${wordsOf(lost)}, and has not got it.`
        seen.set(view.content, those.length)
      }
      return null
    }
  },
}

function stands(operation: Operation, { content }: EveryoneView): boolean {
  const had = content.find(operation.id)
  if (had === null || wordsOf(had) !== wordsOf(operation)) return false
  if (operation.kind === 'login') return content.users.includes(operation.user)
  return operation.kind !== 'channel' || content.channels.includes(operation.channel)
}
