import type { ControlClient } from '#host/control-client'
import { fail, type Result } from '#kit/result'
import type { Command } from '../command.ts'
import { exitCodes } from '../terminal.ts'

export const start = startOrStop('start')
export const stop = startOrStop('stop')

/** One word names a cluster or a node: the topology says which. */
function startOrStop(verb: 'start' | 'stop'): Command {
  return {
    options: {},
    async run({ plain }, { terminal, connect }) {
      const [id] = plain
      if (id === undefined || plain.length > 1) return terminal.misunderstand(`colmeia ${verb} CLUSTER|NODE`)
      const connected = await connect()
      if (!connected.ok) return terminal.refuse(connected.failure)
      const done = await perform(connected.value, verb, id)
      connected.value.close()
      if (!done.ok) return terminal.refuse(done.failure)
      terminal.give(null, () => terminal.words.done)
      return exitCodes.done
    },
  }
}

async function perform(line: ControlClient, verb: 'start' | 'stop', id: string): Promise<Result<null>> {
  const topology = await line.call('topology.get', {})
  if (!topology.ok) return topology
  const { clusters } = topology.value
  if (clusters.some((cluster) => cluster.id === id)) return line.call(`clusters.${verb}`, { clusterId: id })
  const isNode = clusters.some(({ nodes }) => nodes.some((node) => node.id === id))
  return isNode
    ? line.call(`nodes.${verb}`, { nodeId: id })
    : fail('unknown-node', `no cluster and no node is named ${id}`)
}
