import type { ChosenParts } from '../../subjects/chosen/parts.ts'

/** One right part replaced by a wrong one, and the property that is meant to notice. */
export interface ChosenBug {
  readonly name: string
  readonly property: string
  readonly parts: Partial<ChosenParts>
}
