import type { CallOutput, CheckedInput } from '#contract/window/contract'
import type { DeskCall, DeskCallName } from '#contract/worker/desk'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
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
  const acts =
    <Name extends DeskCallName>(name: Name, detailOf: (input: CheckedInput<Name>) => string): Handler<Name> =>
    (input) => {
      lab.recorder.noteAction(name, detailOf(input))
      return asks(name)(input)
    }
  return {
    'notary.register': acts('notary.register', ({ documents }) => String(documents.length)),
    'notary.outbox': asks('notary.outbox'),
    'notary.clearOutbox': acts('notary.clearOutbox', ({ what }) => what),
    'notary.status': asks('notary.status'),
    'notary.records': asks('notary.records'),
    'notary.find': asks('notary.find'),
    'notary.receipt': asks('notary.receipt'),
    'notary.certificate': acts('notary.certificate', ({ index }) => String(index)),
    'notary.check': asks('notary.check'),
    'notary.chain': asks('notary.chain'),
    'notary.examine': acts('notary.examine', ({ nodeId: node }) => node),
    'notary.tamper': acts('notary.tamper', ({ nodeId: node, index }) => `${node} ${index}`),
    'notary.repair': acts('notary.repair', ({ nodeId: node }) => node),
    'notary.policies': asks('notary.policies'),
    'notary.approve': acts('notary.approve', () => ''),
    'notary.withdraw': acts('notary.withdraw', ({ fingerprint }) => fingerprint),
  }
}
