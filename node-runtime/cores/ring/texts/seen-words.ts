/** More words than this are never on their way at once; a word that comes again after so many others goes round again. */
const seenMax = 1_000

/** Which words have been here, so that none goes round twice. */
export class SeenWords {
  readonly #uuids = new Set<string>()

  /** True the first time. */
  isNew(uuid: string): boolean {
    if (this.#uuids.has(uuid)) return false
    if (this.#uuids.size === seenMax) {
      const [oldest] = this.#uuids
      if (oldest !== undefined) this.#uuids.delete(oldest)
    }
    this.#uuids.add(uuid)
    return true
  }
}
