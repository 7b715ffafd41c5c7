import { directOf } from '#cores/chat/everyone/content'
import type { Act, EveryoneRefusal } from '#cores/chat/everyone/messages'
import type { ChatRefusal, Destination, What } from '#cores/chat/messages'
import { usersOf } from './messages-of.ts'

/** What a deed of the leader profile is here. */
export type Meant =
  | { readonly kind: 'act'; readonly act: Act }
  /** It is so already, or nobody keeps it. */
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'refused'; readonly why: ChatRefusal }
  /** It needs accounts, or one order of all. */
  | { readonly kind: 'not-here' }

export function meantBy(what: What, actor: string): Meant {
  switch (what.kind) {
    case 'say':
      if (what.replyTo !== null) return notHere
      return saying(what, actor)
    case 'create-channel':
      return what.isPrivate || what.fence !== null
        ? notHere
        : { kind: 'act', act: { kind: 'channel', channel: what.name } }
    case 'join':
    case 'begin-direct':
    case 'read':
      return { kind: 'nothing-to-do' }
    default:
      return notHere
  }
}

function saying({ to, text }: Extract<What, { kind: 'say' }>, from: string): Meant {
  const place = placeOf(to, from)
  if (place === null) return { kind: 'refused', why: 'not-a-member' }
  return { kind: 'act', act: { ...place, from, text, through: 'native' } }
}

/** null: a conversation in which that user is not, or that this profile has not. */
function placeOf(to: Destination, from: string): Pick<Extract<Act, { text: string }>, 'kind' | 'to'> | null {
  if (to.kind === 'channel') return { kind: 'publish', to: to.name }
  if (to.kind === 'user') return { kind: 'message', to: to.name }
  const { conversation } = to
  if (conversation.startsWith('c:')) return { kind: 'publish', to: conversation.slice(2) }
  const users = usersOf(conversation)
  const other = users.find((user) => user !== from) ?? from
  return conversation === directOf(from, other) ? { kind: 'message', to: other } : null
}

/** In the words of the leader profile. null: it is no matter of what was asked. */
export function chatRefusalOf(why: EveryoneRefusal): ChatRefusal | null {
  return why === 'cannot-write' ? null : why
}

const notHere: Meant = { kind: 'not-here' }
