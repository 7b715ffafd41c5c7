import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'

/** Nothing is reserved under a key for which an earlier attempt may still keep something: it would be in its own way. */
export const oneAttemptAKey: Always<ShopWords> = {
  name: 'one attempt under a key at a time',
  start() {
    const keyOf = new Map<string, string>()
    /** Orders that were asked for at the catalogue and are not known to keep nothing, by key. */
    const openOf = new Map<string, string>()
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'placing' && note.placing.key !== null) keyOf.set(note.placing.order, note.placing.key)
        if (note.kind === 'deed-told' && 'order' in note.deed) {
          const { kind, order } = note.deed
          const isOver = kind === 'release' || (kind === 'reserve' && note.outcome.kind === 'refused')
          const key = keyOf.get(order)
          if (isOver && key !== undefined && openOf.get(key) === order) openOf.delete(key)
        }
        if (note.kind !== 'deed-asked' || note.deed.kind !== 'reserve') continue
        const { order } = note.deed
        const key = keyOf.get(order)
        if (key === undefined) continue
        const other = openOf.get(key) ?? order
        if (other !== order) return `${order} is reserved under ${key}, and ${other} may still keep something`
        openOf.set(key, order)
      }
      return null
    }
  },
}
