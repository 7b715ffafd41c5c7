import type { ClusterId } from '#kit/ids'

/** Orders to start and to stop, by number. Whoever waits under one that is not the last of its cluster any more leaves it. */
export class Orders {
  readonly #last = new Map<ClusterId, number>()
  #lastForAll = 0
  #given = 0

  /** null: about all of the lab. */
  give(id: ClusterId | null): number {
    this.#given += 1
    if (id === null) this.#lastForAll = this.#given
    else this.#last.set(id, this.#given)
    return this.#given
  }

  lastOf(id: ClusterId): number {
    return Math.max(this.#lastForAll, this.#last.get(id) ?? 0)
  }
}
