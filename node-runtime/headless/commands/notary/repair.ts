import type { Command } from '../../command.ts'
import { finish, onLine } from '../../on-line.ts'

export const repair: Command = {
  options: {},
  async run({ plain: [nodeId, ...tooMany] }, around) {
    if (nodeId === undefined || tooMany.length > 0) {
      return around.terminal.misunderstand('colmeia notary repair NODE')
    }
    return onLine(around, async (line) => finish(around, await line.call('notary.repair', { nodeId })))
  },
}
