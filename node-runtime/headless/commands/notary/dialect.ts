import type { TopologySnapshot } from '#contract/window/topology'
import { httpDialects } from '#contract/worker/dialects'
import type { Command } from '../../command.ts'
import { finish, onLine } from '../../on-line.ts'
import { exitCodes } from '../../terminal.ts'

/** How the peers answer programs of before: says it, or chooses it. */
export const dialect: Command = {
  options: {},
  async run({ plain: [word, ...tooMany] }, around) {
    const { terminal } = around
    const chosen = httpDialects.find((name) => name === word?.toUpperCase())
    if (tooMany.length > 0 || (word !== undefined && chosen === undefined)) {
      return terminal.misunderstand('colmeia notary dialect [A|B]')
    }
    return onLine(around, async (line) => {
      const topology = await line.call('topology.get', {})
      if (!topology.ok) return terminal.refuse(topology.failure)
      const cluster = notaryIn(topology.value)
      if (cluster === undefined) return terminal.refuse({ code: 'unknown-cluster', message: 'this lab has no notary' })
      if (chosen !== undefined) {
        return finish(around, await line.call('clusters.speak', { clusterId: cluster.id, dialect: chosen }))
      }
      terminal.give({ dialect: cluster.dialect }, () => cluster.dialect ?? terminal.words.notary.dialectUnknown)
      return exitCodes.done
    })
  },
}

export function notaryIn({ clusters }: TopologySnapshot) {
  return clusters.find(({ kind }) => kind === 'notary')
}
