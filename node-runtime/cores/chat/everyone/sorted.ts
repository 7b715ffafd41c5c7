import { comparePlaces, type Place } from './order.ts'

/** Operations in the order of all. Nearly everything comes at the end, where it costs nothing. */
export class Sorted<Item extends Place> {
  readonly #items: Item[] = []

  get items(): readonly Item[] {
    return this.#items
  }

  /** How many stand before this place. */
  before(place: Place): number {
    let [low, high] = [0, this.#items.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const item = this.#items[middle]
      if (item !== undefined && comparePlaces(item, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  add(item: Item): void {
    const last = this.#items.at(-1)
    if (last === undefined || comparePlaces(last, item) < 0) this.#items.push(item)
    else this.#items.splice(this.before(item), 0, item)
  }

  remove(item: Item): void {
    const index = this.before(item)
    if (this.#items[index] === item) this.#items.splice(index, 1)
  }
}
