import { basename } from 'node:path'
import type { Command } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { saveNew } from '../../save-file.ts'
import { exitCodes } from '../../terminal.ts'
import { placeIn } from './place.ts'

/** In the language of the command line. */
export const certificate: Command = {
  options: { out: { type: 'string' } },
  async run({ plain: [place, ...tooMany], named }, around) {
    const { terminal } = around
    const index = placeIn(place)
    if (index === null || tooMany.length > 0) {
      return terminal.misunderstand('colmeia notary certificate INDEX [--out FILE]')
    }
    return onLine(around, async (line) => {
      const language = terminal.language === 'pt' ? 'pt-BR' : 'en'
      const found = await line.call('notary.certificate', { index, language })
      if (!found.ok) return terminal.refuse(found.failure)
      const path = typeof named.out === 'string' ? named.out : basename(found.value.fileName)
      const saved = await saveNew(path, Buffer.from(found.value.pdf, 'base64'))
      if (!saved.ok) return terminal.refuse(saved.failure)
      terminal.give({ file: saved.value }, () => terminal.words.notary.saved(saved.value))
      return exitCodes.done
    })
  },
}
