import { handOverToNode, runCommand } from '../run/command.ts'

await runCommand((args) => handOverToNode('node-runtime/sim/cli.ts', args))
