import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import { age } from '../age.ts'
import type { Command } from '../command.ts'
import { textTable } from '../table.ts'
import { exitCodes } from '../terminal.ts'
import { faultLine } from './fault.ts'

export const status: Command = {
  options: { watch: { type: 'boolean' } },
  async run({ named }, { terminal, connect, interrupted }) {
    const connected = await connect()
    if (!connected.ok) return terminal.refuse(connected.failure)
    const line = connected.value
    try {
      const first = await line.call('topology.get', {})
      if (!first.ok) return terminal.refuse(first.failure)
      const show = (topology: TopologySnapshot): void => terminal.give(topology, () => statusText(topology))
      show(first.value)
      if (named.watch !== true) return exitCodes.done
      line.on('topology.changed', show)
      await Promise.race([interrupted, line.closed])
      return exitCodes.done
    } finally {
      line.close()
    }
  },
}

export function statusText({ clusters, faults, takenWallMs }: TopologySnapshot): string {
  const parts = clusters.map(({ id, state, nodes }) => {
    const head = ['node', 'role', 'state', 'leadership', 'term', 'leader', 'address', 'cpu %', 'MB', 'seen']
    return `${id}: ${state}\n${textTable(
      head,
      nodes.map((node) => nodeRow(node, takenWallMs)),
    )}`
  })
  const active = faults.map((fault) => `  ${faultLine(fault, takenWallMs)}`)
  return [...parts, ...(active.length === 0 ? [] : [`faults:\n${active.join('\n')}`])].join('\n\n')
}

function nodeRow({ id, role, state, view, viewWallMs, address }: NodeCard, now: number): (string | number | null)[] {
  const { leadership } = view ?? { leadership: null }
  return [
    id,
    role,
    state.kind === 'left-down' ? `${state.kind} (${state.code})` : state.kind,
    leadership?.leadership ?? null,
    leadership?.term ?? null,
    leadership?.leader ?? null,
    address === null ? null : `${address.host}:${address.port}`,
    view === null ? null : Math.round(view.cpuPercent),
    view === null ? null : Math.round(view.memoryMb),
    // What a node last said is never shown without how old it is.
    viewWallMs === null ? null : age(now - viewWallMs),
  ]
}
