import type { CallOutput, CheckedInput } from '#contract/window/contract'
import type { TopologySnapshot } from '#contract/window/topology'
import type { DeskCall, DeskCallName, DeskNotaryStatus } from '#contract/worker/desk'
import { nodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { Lab } from './lab.ts'
import type { CallHandlers } from './serve-calls.ts'

/** The desk is one node of the lab. */
export const deskNode = nodeId('desk')

type Handler<Name extends DeskCallName> = (input: CheckedInput<Name>) => Promise<Result<CallOutput<Name>>>

/** What people do with the systems, as against what they do to them, goes to the desk. */
export function deskHandlers(lab: Lab): Pick<CallHandlers, DeskCallName> {
  const asks =
    <Name extends DeskCallName>(name: Name): Handler<Name> =>
    async (input) => {
      const call = { name, input } as DeskCall // a name with its own input, which the union cannot see
      const result = await lab.ask(deskNode, { kind: 'desk', call })
      return result as Result<CallOutput<Name>> // the desk is ours, and answers a name with its own output
    }
  const noted =
    <Name extends DeskCallName>(name: Name, detailOf: (input: CheckedInput<Name>) => string, act: Handler<Name>) =>
    (input: CheckedInput<Name>): Promise<Result<CallOutput<Name>>> => {
      lab.recorder.noteAction(name, detailOf(input))
      return act(input)
    }
  const acts = <Name extends DeskCallName>(name: Name, detailOf: (input: CheckedInput<Name>) => string) =>
    noted(name, detailOf, asks(name))
  return {
    'notary.register': acts('notary.register', ({ documents }) => String(documents.length)),
    'notary.outbox': asks('notary.outbox'),
    'notary.clearOutbox': acts('notary.clearOutbox', ({ what }) => what),
    'notary.status': async (input) => {
      const status = await asks('notary.status')(input)
      return status.ok ? ok(withExaminations(status.value, lab.topology())) : status
    },
    'notary.records': asks('notary.records'),
    'notary.find': asks('notary.find'),
    'notary.receipt': asks('notary.receipt'),
    'notary.certificate': acts('notary.certificate', ({ index }) => String(index)),
    'notary.check': asks('notary.check'),
    'notary.chain': asks('notary.chain'),
    'notary.policies': asks('notary.policies'),
    'notary.approve': acts('notary.approve', ({ policy }) => (policy === null ? 'own' : 'given')),
    'notary.withdraw': acts('notary.withdraw', ({ fingerprint }) => fingerprint),
    ...peerHandlers(lab, noted),
  }
}

type Noted = <Name extends DeskCallName>(
  name: Name,
  detailOf: (input: CheckedInput<Name>) => string,
  act: Handler<Name>,
) => Handler<Name>

/** What is done to one peer's copy is asked of that peer: a desk only ever asks what any program may ask. */
function peerHandlers(lab: Lab, noted: Noted) {
  return {
    'notary.examine': noted(
      'notary.examine',
      ({ nodeId: peer }) => peer,
      ({ nodeId: peer }) => lab.ask(peer, { kind: 'examine' }),
    ),
    'notary.tamper': noted(
      'notary.tamper',
      ({ nodeId: peer, index }) => `${peer} ${index}`,
      ({ nodeId: peer, index }) => lab.ask(peer, { kind: 'tamper', index }),
    ),
    'notary.repair': noted(
      'notary.repair',
      ({ nodeId: peer }) => peer,
      ({ nodeId: peer }) => lab.ask(peer, { kind: 'repair' }),
    ),
  }
}

/** How far a peer has come with an examination stands in its own view, which reaches the host and not the desk. */
function withExaminations(status: DeskNotaryStatus, { clusters }: TopologySnapshot): DeskNotaryStatus {
  const views = new Map(clusters.flatMap(({ nodes }) => nodes.map(({ id, view }) => [id, view?.notary] as const)))
  return {
    ...status,
    peers: status.peers.map((peer) => ({
      ...peer,
      examination: views.get(peer.nodeId)?.examination ?? peer.examination,
    })),
  }
}
