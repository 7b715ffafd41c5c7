import { buildStale } from '../build/build.ts'
import { handOverToNode, runCommand } from '../run/command.ts'

await runCommand(async (args) => {
  await buildStale(['worker', 'sim', 'headless'])
  return handOverToNode('out/headless/main.mjs', args)
})
