import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { NotaryPeerView } from '#contract/worker/desk'
import type { ControlClient } from '#host/control-client'
import type { Command, Surroundings } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'

type Examination = NotaryPeerView['examination']
type Ended = Extract<Examination, { readonly kind: 'sound' | 'broken' }>

/** Begins an examination and waits for what it finds. Whoever stops waiting does not stop it. */
export const examine: Command = {
  options: {},
  async run({ plain: [nodeId, ...tooMany] }, around) {
    if (nodeId === undefined || tooMany.length > 0) {
      return around.terminal.misunderstand('colmeia notary examine NODE')
    }
    return onLine(around, (line) => examineOn(line, nodeId, around))
  },
}

async function examineOn(
  line: ControlClient,
  nodeId: string,
  { terminal, interrupted }: Surroundings,
): Promise<ExitCode> {
  const before = await line.call('topology.get', {})
  if (!before.ok) return terminal.refuse(before.failure)
  // What it found last time stays in its view until the new one has begun.
  const old = endOf(examinationOf(nodeId, before.value))
  const pid = pidOf(nodeId, before.value)
  let ended: (found: Ended | 'node-down') => void = () => undefined
  const found = new Promise<Ended | 'node-down'>((resolve) => {
    ended = resolve
  })
  const look = (topology: TopologySnapshot): void => {
    const now = examinationOf(nodeId, topology)
    if (endOf(now) !== old && (now?.kind === 'sound' || now?.kind === 'broken')) ended(now)
    // Its next life knows nothing of what this one had begun.
    else if (pidOf(nodeId, topology) !== pid) ended('node-down')
  }
  line.on('topology.changed', look)
  const begun = await line.call('notary.examine', { nodeId })
  if (!begun.ok) return terminal.refuse(begun.failure)
  const gone = line.closed.then(() => null)
  const result = await Promise.race([found, interrupted.then(() => null), gone])
  if (result === null) return terminal.refuse({ code: 'timed-out', message: `${nodeId} goes on examining` })
  if (result === 'node-down') return terminal.refuse({ code: result, message: `${nodeId} ended while it examined` })
  const { notary } = terminal.words
  terminal.give(result, () =>
    result.kind === 'sound'
      ? notary.sound(nodeId, result.size)
      : `${notary.broken(nodeId, result)}\n${notary.healing(nodeId, result.isHealing)}`,
  )
  return result.kind === 'sound' ? exitCodes.done : exitCodes.refused
}

function examinationOf(nodeId: string, topology: TopologySnapshot): Examination | null {
  return cardOf(nodeId, topology)?.view?.notary?.examination ?? null
}

function pidOf(nodeId: string, topology: TopologySnapshot): number | null {
  const state = cardOf(nodeId, topology)?.state
  return state?.kind === 'running' ? state.pid : null
}

function cardOf(nodeId: string, { clusters }: TopologySnapshot): NodeCard | undefined {
  return clusters.flatMap(({ nodes }) => nodes).find(({ id }) => id === nodeId)
}

/** When it ended; one that runs has no end yet. */
function endOf(examination: Examination | null): number | null {
  return examination !== null && 'wallMs' in examination ? examination.wallMs : null
}
