import { ByteWriter, encodeText } from '#kit/bytes'
import type { Chat, Told } from '../chat.ts'
import { doors } from '../codec-parts.ts'
import { chatLimits } from '../limits.ts'
import type { ChatRefusal, Deed } from '../messages.ts'
import { isName, isShortText } from '../names.ts'
import { channelId, passwordKey, rowKey, spaces } from '../rows.ts'
import { readTokenKeys, writeTokenKeys } from '../token-keys.ts'
import { type Act, type ActBy, type ActOutcome, done } from './outcome.ts'

export function signUp({ chat, deed, what }: Act<'sign-up'>): ActOutcome {
  const { user, password, isBot } = what
  if (password !== null && !isShortText(password, chatLimits.passwordCharsMax)) return 'malformed'
  return refusalOfNew(chat, user) ?? done(addUser(chat, deed, { user, password, isBot }))
}

export function logIn({ chat, deed, what }: Act<'log-in'>): ActOutcome {
  const { user, through } = what
  const known = chat.users.get(user)
  if (known === null) {
    const refusal = through === 'course' ? refusalOfNew(chat, user) : 'unknown-user'
    if (refusal !== null) return refusal
  } else if (known.isProtected && through === 'course') return 'protected-name'
  const told = known === null ? addUser(chat, deed, { user, password: null, isBot: false }) : null
  const { atMs } = chat.entry
  const number = chat.head.logIns + 1
  chat.head.logIns = number
  const row = new ByteWriter(40).byte(doors.indexOf(through)).number(atMs).text(user)
  chat.state.put(spaces.logIns, rowKey(number), row.done())
  if (number > chatLimits.logInsKept) chat.state.delete(spaces.logIns, rowKey(number - chatLimits.logInsKept))
  const record = chat.users.get(user)
  if (record !== null) chat.users.set(user, { ...record, lastLogInMs: atMs })
  return done(told)
}

/** A name without a password is nobody's alone, and so cannot be taken by setting one. */
export function setPassword({ chat, actor, what }: ActBy<'set-password'>): ActOutcome {
  const user = chat.users.get(actor)
  if (user === null) return 'unknown-user'
  if (!user.isProtected) return 'not-yours'
  if (!isShortText(what.password, chatLimits.passwordCharsMax)) return 'malformed'
  chat.state.put(spaces.secrets, passwordKey(actor), encodeText(what.password))
  chat.users.set(actor, { ...user, validFromMs: chat.entry.atMs })
  return done(null)
}

export function signOutEverywhere({ chat, actor }: ActBy<'sign-out-everywhere'>): ActOutcome {
  const user = chat.users.get(actor)
  if (user === null) return 'unknown-user'
  chat.users.set(actor, { ...user, validFromMs: chat.entry.atMs })
  return done(null)
}

/** The first key also gives the secret by which ids of deeds are found. */
export function addTokenKey({ chat, deed, what }: Act<'token-key'>): ActOutcome {
  const { key } = what
  if (deed.actor !== null || key.length !== chatLimits.tokenKeyBytes) return 'malformed'
  const keys = readTokenKeys(chat.state)
  writeTokenKeys(chat.state, [...keys, { id: deed.id, key, fromMs: chat.entry.atMs }].slice(-chatLimits.tokenKeysKept))
  if (chat.head.seed === 0) chat.head.seed = key.subarray(0, 4).reduce((seed, byte) => seed * 256 + byte, 0)
  return done(null)
}

/** null: it can be had. Users and channels share one world of names, because both are topics. */
function refusalOfNew(chat: Chat, user: string): ChatRefusal | null {
  if (!isName(user)) return 'name-not-allowed'
  if (chat.users.get(user) !== null || chat.conversations.get(channelId(user)) !== null) return 'name-taken'
  return chat.head.users >= chatLimits.usersMax ? 'too-many' : null
}

interface NewUser {
  readonly user: string
  readonly password: string | null
  readonly isBot: boolean
}

function addUser(chat: Chat, deed: Deed, { user, password, isBot }: NewUser): Told {
  const fresh = { lastNumber: 0, conversations: 0, validFromMs: 0, lastLogInMs: null }
  const isProtected = password !== null
  if (password !== null) chat.state.put(spaces.secrets, passwordKey(user), encodeText(password))
  chat.users.set(user, { feed: chat.addFeed(), isBot, isProtected, ...fresh })
  chat.head.users += 1
  return chat.tellAll(deed, { kind: 'user', user, isBot, isProtected })
}
