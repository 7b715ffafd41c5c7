import type { Command } from '../../command.ts'
import { finish, onLine } from '../../on-line.ts'
import { placeIn } from './place.ts'

export const tamper: Command = {
  options: {},
  async run({ plain: [nodeId, place, ...tooMany] }, around) {
    const index = placeIn(place)
    if (nodeId === undefined || index === null || tooMany.length > 0) {
      return around.terminal.misunderstand('colmeia notary tamper NODE INDEX')
    }
    return onLine(around, async (line) => finish(around, await line.call('notary.tamper', { nodeId, index })))
  },
}
