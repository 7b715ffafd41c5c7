import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { BetterOf, ChoiceWords } from '../../subjects/choice-words.ts'

export const asksEverybodyName = 'who asks, asks all who may be better'

export function asksEverybody<W extends ChoiceWords>(betterOf: BetterOf<W>): Always<W> {
  return {
    name: asksEverybodyName,
    start() {
      // What it knew the tick before: a list that comes right after the asking names others too late.
      let knowing: readonly W['view'][] = []
      return ({ notes, sent, views }) => {
        for (const { node, note } of notes) {
          const view = note.to === 'asking' ? knowing.find(({ id }) => id === node) : undefined
          if (view === undefined) continue
          const asked = new Set<NodeId>()
          for (const { from, to, message } of sent) if (from === node && message.kind === 'election') asked.add(to)
          const unasked = betterOf(view).find((better) => !asked.has(better))
          if (unasked !== undefined) return `${node} does not ask ${unasked}`
        }
        knowing = [...views]
        return null
      }
    },
  }
}
