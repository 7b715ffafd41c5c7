import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'

/** However often it is asked for: under one key there is one order, of what was asked for under it first. */
export const keysAreOrders: Always<ShopWords> = {
  name: 'a key is one order',
  start() {
    const bodyOf = new Map<string, string>()
    const orderOf = new Map<string, string>()
    const see = (key: string | null, order: string): string | null => {
      if (key === null) return null
      const known = orderOf.get(key) ?? order
      orderOf.set(key, known)
      return known === order ? null : `key ${key} is ${known} and ${order}`
    }
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'placing') bodyOf.set(note.placing.order, note.placing.body)
        if (note.kind === 'orders') {
          for (const { key, id } of note.orders) {
            const wrong = see(key, id)
            if (wrong !== null) return wrong
          }
        }
        if (note.kind !== 'placed-or-not' || note.answer.kind !== 'placed') continue
        const { key, body } = note.placing
        const { id } = note.answer.order
        if (bodyOf.get(id) !== body) return `${body} was asked for under ${key}, and ${bodyOf.get(id)} was placed`
        const wrong = see(key, id)
        if (wrong !== null) return wrong
      }
      return null
    }
  },
}
