import { buildStale } from '../build/build.ts'
import { runCommand } from '../run/command.ts'

await runCommand(async () => {
  await buildStale()
  return 0
})
