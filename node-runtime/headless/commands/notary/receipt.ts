import type { Command } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { saveNew } from '../../save-file.ts'
import { exitCodes } from '../../terminal.ts'
import { placeIn } from './place.ts'

/** On the screen as it is, or into a file. */
export const receipt: Command = {
  options: { out: { type: 'string' } },
  async run({ plain: [place, ...tooMany], named }, around) {
    const { terminal } = around
    const index = placeIn(place)
    if (index === null || tooMany.length > 0) return terminal.misunderstand('colmeia notary receipt INDEX [--out FILE]')
    return onLine(around, async (line) => {
      const found = await line.call('notary.receipt', { index })
      if (!found.ok) return terminal.refuse(found.failure)
      if (typeof named.out !== 'string') {
        terminal.give(found.value, () => found.value.receipt.trimEnd())
        return exitCodes.done
      }
      const saved = await saveNew(named.out, found.value.receipt)
      if (!saved.ok) return terminal.refuse(saved.failure)
      terminal.give({ file: saved.value }, () => terminal.words.notary.saved(saved.value))
      return exitCodes.done
    })
  },
}
