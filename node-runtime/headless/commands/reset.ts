import { createInterface } from 'node:readline/promises'
import { claimLab } from '#host/control-server'
import { eraseLab } from '#host/reset-lab'
import type { Result } from '#kit/result'
import type { Command, Surroundings } from '../command.ts'
import { exitCodes } from '../terminal.ts'

export const reset: Command = {
  options: { yes: { type: 'boolean', short: 'y' } },
  async run({ named, plain }, around) {
    const { terminal, lab } = around
    if (plain.length > 0) return terminal.misunderstand(`colmeia reset ${plain.join(' ')}?`)
    if (named.yes !== true) {
      if (terminal.isJson || !process.stdin.isTTY) return terminal.misunderstand(terminal.words.needsYes)
      if (!(await isSure(terminal.words.askReset(lab)))) {
        terminal.say(terminal.words.notReset)
        return exitCodes.refused
      }
    }
    const done = await resetAnywhere(around)
    if (!done.ok) return terminal.refuse(done.failure)
    terminal.give(null, () => terminal.words.reset)
    return exitCodes.done
  },
}

async function isSure(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await asking.question(question)
  asking.close()
  return ['yes', 'sim'].includes(answer.trim().toLowerCase())
}

/** By the Colmeia that runs the lab; while none runs, here and under the lab's lock, so that none can begin meanwhile. */
async function resetAnywhere({ connect, labDir }: Surroundings): Promise<Result<null>> {
  const connected = await connect()
  if (connected.ok) {
    const done = await connected.value.call('lab.reset', {})
    connected.value.close()
    return done
  }
  if (connected.failure.code !== 'lab-not-running') return connected
  const claimed = await claimLab(labDir)
  if (!claimed.ok) return claimed
  const erased = await eraseLab(labDir)
  await claimed.value.close()
  return erased
}
