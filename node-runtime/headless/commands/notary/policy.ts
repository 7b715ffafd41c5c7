import { fail, ok, type Result } from '#kit/result'
import type { Command } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { saveNew } from '../../save-file.ts'
import { exitCodes } from '../../terminal.ts'

/** The keys of the notary that runs, for `notary verify --policy`. */
export const policy: Command = {
  options: { out: { type: 'string' } },
  async run({ plain, named }, around) {
    const { terminal } = around
    if (plain.length > 0) return terminal.misunderstand('colmeia notary policy [--out FILE]')
    return onLine(around, async (line) => {
      const found = await line.call('notary.status', {})
      if (!found.ok) return terminal.refuse(found.failure)
      const text = toldBy(found.value.policy)
      if (!text.ok) return terminal.refuse(text.failure)
      if (typeof named.out !== 'string') {
        terminal.give({ policy: text.value }, () => text.value.trimEnd())
        return exitCodes.done
      }
      const saved = await saveNew(named.out, text.value)
      if (!saved.ok) return terminal.refuse(saved.failure)
      terminal.give({ file: saved.value }, () => terminal.words.notary.saved(saved.value))
      return exitCodes.done
    })
  },
}

/** Before the peers know each other's keys there is none. */
function toldBy(policy: string | null): Result<string> {
  return policy === null ? fail('not-ready', 'no peer has told its policy yet') : ok(policy)
}
