import type { NodeId } from '#kit/ids'
import { CommitRates } from './commit-rates.ts'
import { LinkRates } from './link-rates.ts'
import type { ManagedNode } from './managed-node.ts'

/** How much goes over each link, and into each log, by the differences between what nodes report. */
export class LabRates {
  readonly rates = new LinkRates()
  readonly commits = new CommitRates()

  saw(id: NodeId, node: ManagedNode | null): void {
    const said = node?.lastView ?? null
    if (said === null) return
    this.rates.saw(id, said.view.links, said.wallMs)
    this.commits.saw(id, said.view, said.wallMs)
  }
}
