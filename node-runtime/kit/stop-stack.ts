/** Undoes what a start, listen or subscribe did. Calling it twice does nothing the second time. */
export type Stop = () => void | Promise<void>

/** Holds what an owner started, and undoes it in reverse order: what came last may lean on what came first. */
export class StopStack {
  readonly #stops: Stop[] = []

  add(stop: Stop): void {
    this.#stops.push(stop)
  }

  async run(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop()
  }
}
