import { checkSteps } from '../run/checks.ts'
import { runCommand } from '../run/command.ts'
import { selectSteps } from '../run/select.ts'
import { isGood, runSteps } from '../run/steps.ts'
import { describe } from '../run/tally.ts'

await runCommand(async (names) => {
  const tally = await runSteps(selectSteps(checkSteps, names))
  console.log(describe(tally))
  return isGood(tally) ? 0 : 1
})
