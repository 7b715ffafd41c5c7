import type { Always } from '../../subject.ts'
import { isRacer } from '../../subjects/shop/racers.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'

/** Of all who asked for the last one until they knew, one has it: nobody was in everybody's way and then had it neither. */
export const somebodyGetsTheLast: Always<ShopWords> = {
  name: 'somebody gets the last one',
  start() {
    const asked = new Set<string>()
    const placed = new Set<string>()
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'placing' && isRacer(note.placing)) asked.add(note.placing.key ?? '')
        if (note.kind === 'placed-or-not' && isRacer(note.placing) && note.answer.kind === 'placed') {
          placed.add(note.answer.order.id)
        }
        // Everybody knows by then.
        if (note.kind !== 'read' || !note.isFinal || asked.size === 0 || placed.size === 1) continue
        return `${asked.size} asked for the last one until they knew, and ${placed.size} have it`
      }
      return null
    }
  },
}
