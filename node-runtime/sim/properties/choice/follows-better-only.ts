import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { BetterOf, ChoiceWords } from '../../subjects/choice-words.ts'

export const followsBetterOnlyName = 'nobody follows one who is not better'

export function followsBetterOnly<W extends ChoiceWords>(betterOf: BetterOf<W>): Always<W> {
  return {
    name: followsBetterOnlyName,
    start() {
      const checked = new Map<NodeId, NodeId | null>()
      return ({ views }) => {
        for (const view of views) {
          const { id, coordinator } = view
          if (checked.get(id) === coordinator) continue
          checked.set(id, coordinator)
          if (coordinator !== null && coordinator !== id && !betterOf(view).includes(coordinator))
            return `${id} follows ${coordinator}`
        }
        return null
      }
    },
  }
}
