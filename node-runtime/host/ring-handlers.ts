import type { CallOutput, CheckedInput } from '#contract/window/contract'
import type { RingCall, RingCallName } from '#contract/worker/ring'
import type { Result } from '#kit/result'
import type { Lab } from './lab.ts'
import type { CallHandlers } from './serve-calls.ts'

type Handler<Name extends RingCallName> = (input: CheckedInput<Name>) => Promise<Result<CallOutput<Name>>>

/** Whoever talks in the ring talks as one of its peers, so each call goes to the peer that it names. */
export function ringHandlers(lab: Lab): Pick<CallHandlers, RingCallName | 'ring.setup' | 'ring.configure'> {
  const asks =
    <Name extends RingCallName>(name: Name): Handler<Name> =>
    async (input) => {
      const call = { name, input } as RingCall // a name with its own input, which the union cannot see
      const result = await lab.ask(input.nodeId, { kind: 'ring', call })
      return result as Result<CallOutput<Name>> // the peer is ours, and answers a name with its own output
    }
  return {
    // What was said is the peer's to show; the recording has that something was.
    'ring.say': (input) => {
      lab.recorder.noteAction('ring.say', input.nodeId)
      return asks('ring.say')(input)
    },
    'ring.history': asks('ring.history'),
    'ring.setup': ({ clusterId }) => lab.ringSetup(clusterId),
    // What was changed, and never to what: among it there may be a phrase.
    'ring.configure': ({ clusterId, change }) => {
      lab.recorder.noteAction('ring.configure', Object.keys(change).join(' '))
      return lab.configureRing(clusterId, change)
    },
    'ring.command': (input) => {
      lab.recorder.noteAction('ring.command', `${input.nodeId} ${input.command}`)
      return asks('ring.command')(input)
    },
  }
}
