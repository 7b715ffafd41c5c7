import type { Refused } from './course-asks.ts'
import { type Fields, textOf } from './values.ts'

/** What programs of the account chat ask for. Names of channels are in lower case, with nothing blank around them. */
export type AccountAsk =
  | { readonly kind: 'addUser' | 'login'; readonly user: string; readonly password: string }
  | { readonly kind: 'listChannels' | 'listUsers' | 'getTime' }
  | { readonly kind: 'addChannel'; readonly by: Speaker; readonly channel: string; readonly description: string }
  | { readonly kind: 'subscribe'; readonly by: Speaker; readonly channel: string }
  | { readonly kind: 'publish'; readonly by: Speaker; readonly channel: string; readonly message: string }
  | { readonly kind: 'message'; readonly by: Speaker; readonly user: string; readonly message: string }

/** Who is behind a token, the server finds out. Bots need none, and no subscription. */
export type Speaker =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bot'; readonly user: string }

export type AccountService = AccountAsk['kind']

/** What each service needs in its `data`, beside time, clock and who speaks. */
export const accountFields: Readonly<Record<AccountService, readonly string[]>> = {
  addUser: ['user', 'senha'],
  login: ['user', 'senha'],
  listChannels: [],
  listUsers: [],
  getTime: [],
  addChannel: ['titulo'],
  subscribe: ['channel'],
  publish: ['channel', 'message'],
  message: ['dst', 'message'],
}

/** Those for which somebody must speak. */
export const spoken: readonly string[] = ['addChannel', 'subscribe', 'publish', 'message']

/** Both dialects come to one port. This one has words with capitals inside, and fields that the other has not. */
export function soundsLikeAccount(service: string, data: Fields): boolean {
  if (service === 'subscribe' || camelCase.test(service)) return true
  return ownFields.some((field) => data.has(field))
}

export function readAccountAsk(word: string, data: Fields): AccountAsk | Refused {
  if (!isAccountService(word)) return { kind: 'refused', why: { kind: 'service', service: word } }
  if (word === 'listChannels' || word === 'listUsers' || word === 'getTime') return { kind: word }
  const by = speakerOf(data)
  if (spoken.includes(word) && by === null) return { kind: 'refused', why: { kind: 'token' } }
  const missing = accountFields[word].find((field) => (textOf(data.get(field)) ?? '') === '')
  if (missing !== undefined) return { kind: 'refused', why: { kind: 'field', field: missing } }
  const text = (field: string): string => textOf(data.get(field)) ?? ''
  if (word === 'addUser' || word === 'login') return { kind: word, user: text('user'), password: text('senha') }
  return spokenAsk(word, by ?? { kind: 'token', token: '' }, text)
}

function spokenAsk(
  kind: 'addChannel' | 'subscribe' | 'publish' | 'message',
  by: Speaker,
  text: (field: string) => string,
): AccountAsk {
  switch (kind) {
    case 'addChannel':
      return { kind, by, channel: channelName(text('titulo')), description: text('desc').trim() }
    case 'subscribe':
      return { kind, by, channel: channelName(text('channel')) }
    case 'publish':
      return { kind, by, channel: channelName(text('channel')), message: text('message') }
    case 'message':
      return { kind, by, user: text('dst'), message: text('message') }
  }
}

/** A token counts before a name. null: neither. */
function speakerOf(data: Fields): Speaker | null {
  const token = textOf(data.get('token')) ?? ''
  if (token !== '') return { kind: 'token', token }
  const user = textOf(data.get('user')) ?? ''
  return user.startsWith(botPrefix) ? { kind: 'bot', user } : null
}

function channelName(text: string): string {
  return text.trim().toLowerCase()
}

export function isAccountService(word: string): word is AccountService {
  return Object.hasOwn(accountFields, word)
}

export const botPrefix = 'bot-'
const camelCase = /^[a-z]+[A-Z][A-Za-z]*$/
const ownFields: readonly string[] = ['senha', 'token', 'titulo', 'lamport_clock']
