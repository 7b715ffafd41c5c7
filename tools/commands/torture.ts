import { buildStale } from '../build/build.ts'
import { handOverToNode, runCommand } from '../run/command.ts'

await runCommand(async (args) => {
  await buildStale()
  return handOverToNode('bench/torture/main.ts', args)
})
