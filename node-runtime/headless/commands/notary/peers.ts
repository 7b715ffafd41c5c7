import { notarySizes } from '#contract/worker/sizes'
import { type Command, wholeNumber } from '../../command.ts'
import { finish, onLine } from '../../on-line.ts'
import { exitCodes } from '../../terminal.ts'
import { notaryIn } from './dialect.ts'

/** How many peers found the notary: says it, or chooses it while none of them has run. */
export const peers: Command = {
  options: {},
  async run({ plain: [word, ...tooMany] }, around) {
    const { terminal } = around
    const count = word === undefined ? undefined : wholeNumber(word, notarySizes)
    if (tooMany.length > 0 || count === null) {
      return terminal.misunderstand(`colmeia notary peers [${notarySizes.min}..${notarySizes.max}]`)
    }
    return onLine(around, async (line) => {
      const topology = await line.call('topology.get', {})
      if (!topology.ok) return terminal.refuse(topology.failure)
      const cluster = notaryIn(topology.value)
      if (cluster === undefined) return terminal.refuse({ code: 'unknown-cluster', message: 'this lab has no notary' })
      if (count !== undefined) {
        return finish(around, await line.call('clusters.found', { clusterId: cluster.id, nodes: count }))
      }
      const said = { peers: cluster.nodes.length, canBeChosen: cluster.sizes !== null }
      terminal.give(said, () => terminal.words.notary.peers(said.peers, said.canBeChosen))
      return exitCodes.done
    })
  },
}
