import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { Result } from '#kit/result'
import { given, refused } from './answers.ts'
import type { FakeChat } from './fake-chat.ts'

type ChatName = Extract<CallName, `chat.${string}`>
type ChatHandlers = { readonly [Name in ChatName]: (input: CallInput<Name>) => Result<CallOutput<Name>> }

export function chatHandlers(chat: FakeChat): ChatHandlers {
  const nothing = () => given(null)
  return {
    'chat.status': () => given(chat.status()),
    'chat.signUp': ({ user }) => given(chat.enter(user)),
    'chat.signIn': ({ user, password }) => (password === 'wrong' ? refused('not-signed-in') : given(chat.enter(user))),
    'chat.signOut': ({ session }) => {
      chat.leave(session)
      return given(null)
    },
    'chat.signOutEverywhere': nothing,
    'chat.setPassword': nothing,
    'chat.changes': ({ after }) => given(chat.changesAfter(after)),
    'chat.conversations': ({ session }) =>
      given({ conversations: [chat.conversation(session)].filter(({ isMember }) => isMember) }),
    'chat.channels': ({ session }) => given({ channels: [chat.conversation(session)], next: null }),
    'chat.people': () => given({ people, next: null }),
    'chat.members': () => given({ people, next: null }),
    'chat.create': ({ name }) => (name === 'general' ? refused('name-taken') : refused('too-many')),
    'chat.group': () => refused('does-not-apply'),
    'chat.direct': () => refused('does-not-apply'),
    'chat.join': ({ session }) => {
      chat.join(session)
      return given(chat.conversation(session))
    },
    'chat.leave': nothing,
    'chat.invite': nothing,
    'chat.history': (input) => given(chat.history(input)),
    'chat.message': ({ id }) => given({ row: chat.find(id) }),
    'chat.say': (input) => {
      chat.say(input)
      return given(null)
    },
    'chat.takeBack': nothing,
    'chat.edit': ({ id, text }) => {
      chat.change(id, (row) => ({ ...row, text, editedAtMs: row.atMs }))
      return given(null)
    },
    'chat.delete': ({ id }) => {
      chat.change(id, (row) => ({ ...row, text: '', isDeleted: true }))
      return given(null)
    },
    'chat.react': ({ session, id, emoji, isOn }) => {
      const users = isOn ? [chat.userOf(session)] : []
      chat.change(id, (row) => ({ ...row, reactions: users.length === 0 ? [] : [{ emoji, users }] }))
      return given(null)
    },
    'chat.read': ({ session, place }) => {
      chat.read(session, place)
      return given(null)
    },
    'chat.typing': nothing,
    'chat.search': ({ text }) =>
      given({ rows: chat.search(text), next: null, asked: { words: text, from: null, in: null, beforeMs: null } }),
    'chat.locks': () => given({ locks: [] }),
    'chat.askLock': () => given({ fence: 1 }),
    'chat.giveLock': nothing,
    'chat.setup': () => given(setup),
    'chat.configure': () => given(setup),
    'chat.foreign': () => given({ profile: 'leader', addresses: [], events: [], next: {}, skipped: 0, silent: [] }),
    'chat.export': () => given({ files: [{ name: 'publications.jsonl', text: '' }], next: null }),
  }
}

const setup = {
  settings: { profile: 'leader', hasJsonPublications: false, layout: 'course', reach: 'loopback' },
  canChooseProfile: true,
} as const

const people = [
  { name: 'ana', isBot: false, isProtected: true, isHere: true },
  { name: 'bia', isBot: false, isProtected: true, isHere: false },
  { name: 'bot-eco-1', isBot: true, isProtected: false, isHere: true },
]
