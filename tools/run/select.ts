/** `npm test -- unit e2e` runs those two steps only. Pure. */

import { SetupProblem } from '../bootstrap/places.mjs'
import type { Step } from './steps.ts'

export function selectSteps(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(', ')
    throw new SetupProblem(`unknown step: ${unknown.join(', ')}; there are ${known}`)
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name))
}
