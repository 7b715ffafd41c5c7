import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { RaftCore } from '../core.ts'
import type { HardState, RaftInput, RaftMessage, RaftOutput, RaftRole } from '../messages.ts'
import { timing } from './group.ts'

export const [n1, n2, n3] = ['n1', 'n2', 'n3'].map(nodeId) as [NodeId, NodeId, NodeId]
export const tick: RaftInput = { kind: 'tick' }

/** n1 of three, in the term and with the vote that its disk gave it. */
export function restored(hard: HardState | null, members = [n1, n2, n3]): RaftCore {
  return new RaftCore({ id: n1, members, ...timing }, hard, new Random('core'))
}

export function say(core: RaftCore, from: NodeId, message: RaftMessage): RaftOutput {
  return core.step({ kind: 'message', from, message })
}

export function ticks(core: RaftCore, count: number): RaftOutput[] {
  return Array.from({ length: count }, () => core.step(tick))
}

/** Past the minimum, so that nothing is refused for being led, and still short of any election timeout. */
export function patient(hard: HardState): RaftCore {
  const core = restored(hard)
  for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
    core.step(tick)
    if (core.view.role !== 'follower') throw new Error('it stood too early')
  }
  return core
}

export function untilRole(core: RaftCore, role: RaftRole): RaftOutput {
  for (let waited = 0; waited < 100; waited += 1) {
    const output = core.step(tick)
    if (core.view.role === role) return output
  }
  throw new Error(`never ${role}`)
}

/** n1 as a leader whom n2 has voted for. */
export function leader(): RaftCore {
  const core = restored(null)
  untilRole(core, 'pre-candidate')
  say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
  say(core, n2, { kind: 'vote', term: 1, isGranted: true })
  if (core.view.role !== 'leader') throw new Error('it was not elected')
  return core
}

export function answers(output: RaftOutput): readonly RaftMessage[] {
  return output.messages.map(({ message }) => message)
}
