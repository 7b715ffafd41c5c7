import type { CallOutput, CheckedInput } from '#contract/window/contract'
import type { ChatCall, ChatCallName } from '#contract/worker/chat-calls'
import type { Result } from '#kit/result'
import { readForeign } from './chat-foreign.ts'
import { configureChat } from './chat-setup.ts'
import { deskNode } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import type { CallHandlers } from './serve-calls.ts'

type Handler<Name extends ChatCallName> = (input: CheckedInput<Name>) => Promise<Result<CallOutput<Name>>>
type LabCallName = 'chat.setup' | 'chat.configure' | 'chat.foreign' | 'chat.export'

/** People talk in the chat by way of the desk; what is done to the chat itself is asked of the lab or of its nodes. */
export function chatHandlers(lab: Lab): Pick<CallHandlers, ChatCallName | LabCallName> {
  const asks =
    <Name extends ChatCallName>(name: Name): Handler<Name> =>
    async (input) => {
      const call = { name, input } as ChatCall // a name with its own input, which the union cannot see
      const result = await lab.ask(deskNode, { kind: 'chat', call })
      return result as Result<CallOutput<Name>> // the desk is ours, and answers a name with its own output
    }
  /** The recording has that something was done, and never what was said, or by whom in what words. */
  const acts =
    <Name extends ChatCallName>(name: Name): Handler<Name> =>
    (input) => {
      lab.recorder.noteAction(name, '')
      return asks(name)(input)
    }
  return {
    'chat.status': asks('chat.status'),
    'chat.signUp': acts('chat.signUp'),
    'chat.signIn': acts('chat.signIn'),
    'chat.signOut': acts('chat.signOut'),
    'chat.signOutEverywhere': acts('chat.signOutEverywhere'),
    'chat.setPassword': acts('chat.setPassword'),
    'chat.changes': asks('chat.changes'),
    'chat.conversations': asks('chat.conversations'),
    'chat.channels': asks('chat.channels'),
    'chat.people': asks('chat.people'),
    'chat.members': asks('chat.members'),
    'chat.create': acts('chat.create'),
    'chat.group': acts('chat.group'),
    'chat.direct': acts('chat.direct'),
    'chat.join': acts('chat.join'),
    'chat.leave': acts('chat.leave'),
    'chat.invite': acts('chat.invite'),
    'chat.history': asks('chat.history'),
    'chat.message': asks('chat.message'),
    'chat.say': acts('chat.say'),
    'chat.takeBack': acts('chat.takeBack'),
    'chat.edit': acts('chat.edit'),
    'chat.delete': acts('chat.delete'),
    'chat.react': acts('chat.react'),
    'chat.read': asks('chat.read'),
    'chat.typing': asks('chat.typing'),
    'chat.search': asks('chat.search'),
    'chat.locks': asks('chat.locks'),
    'chat.askLock': acts('chat.askLock'),
    'chat.giveLock': acts('chat.giveLock'),
    'chat.setup': ({ clusterId }) => lab.chatSetup(clusterId),
    'chat.configure': (input) => {
      lab.recorder.noteAction('chat.configure', Object.entries(input.change).flat().join(' '))
      return configureChat(lab, input)
    },
    'chat.foreign': (input) => readForeign(lab, input),
    'chat.export': ({ nodeId, after }) => lab.ask(nodeId, { kind: 'export', after }),
  }
}
