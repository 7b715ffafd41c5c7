import { testSteps } from '../run/checks.ts'
import { runCommand } from '../run/command.ts'
import { selectSteps } from '../run/select.ts'
import { isGood, runSteps } from '../run/steps.ts'
import { describe } from '../run/tally.ts'

await runCommand(async (names) => {
  const tally = await runSteps(selectSteps(testSteps, names))
  // The last line, read by machines: nothing may be printed after it.
  console.log(describe(tally))
  return isGood(tally) ? 0 : 1
})
