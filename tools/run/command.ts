/** The one boundary of a command: a problem a person can mend is a sentence, anything else is a bug with its stack. */

import { existsSync } from 'node:fs'
import { root, SetupProblem } from '../bootstrap/places.mjs'
import { handOver } from '../bootstrap/processes.mjs'
import { say } from '../bootstrap/progress.mjs'
import { rootPath } from './electron.ts'

export async function runCommand(work: (args: readonly string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

/** Runs a script of ours with the same Node, the terminal and the exit code passed through. */
export function handOverToNode(script: string, args: readonly string[]): Promise<number> {
  if (!existsSync(rootPath(script))) throw new SetupProblem(`${script} is not here yet.`)
  return handOver(process.execPath, [rootPath(script), ...args], { cwd: root, env: process.env })
}
