import type { ManagedNode } from './managed-node.ts'

/** Nodes in the order in which they were started, for stopping them the other way round. */
export class StartOrder {
  #nodes: readonly ManagedNode[] = []

  started(node: ManagedNode): void {
    this.#nodes = [...this.#nodes.filter((one) => one !== node), node]
  }

  /** In reverse start order, yet not one after the other: a slow one must not use up the time of the rest. */
  async stopAll(nodes: readonly ManagedNode[]): Promise<void> {
    const started = this.#nodes.filter((node) => nodes.includes(node)).reverse()
    const others = nodes.filter((node) => !started.includes(node))
    await Promise.all([...started, ...others].map((node) => node.stop()))
  }
}
