import { handOverToNode, runCommand } from '../run/command.ts'

await runCommand((args) => handOverToNode('node_modules/@biomejs/biome/bin/biome', ['check', '--write', '.', ...args]))
