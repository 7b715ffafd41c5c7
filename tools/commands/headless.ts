import { buildStale } from '../build/build.ts'
import { handOverToNode, runCommand } from '../run/command.ts'

await runCommand(async (args) => {
  await buildStale()
  return handOverToNode('out/headless/main.mjs', ['serve', ...args])
})
