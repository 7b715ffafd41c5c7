import type { ShopParts } from '../../subjects/shop/parts.ts'
import type { Replacement } from '../raft/replaced.ts'

/** One right part replaced by a wrong one, or rules inside a node, and the property that is meant to notice. */
export interface ShopBug {
  readonly name: string
  readonly property: string
  readonly parts?: Partial<ShopParts>
  readonly rules?: readonly Replacement[]
}
