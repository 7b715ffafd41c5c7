import { unreachable } from '#kit/assert'
import type { Chat } from '../chat.ts'
import type { Deed, What } from '../messages.ts'
import { addTokenKey, logIn, setPassword, signOutEverywhere, signUp } from './accounts.ts'
import { beginDirect, createChannel, createGroup, invite, join, leave } from './conversations.ts'
import { askLock, expireLocks, giveLock, keepLock } from './locks.ts'
import { deleteMessage, edit, react, say } from './messages.ts'
import type { ActOutcome } from './outcome.ts'
import { read } from './reading.ts'

/** What one deed does. Who is named as doing it is there; some deeds need nobody. */
export function act(chat: Chat, deed: Deed): ActOutcome {
  const { actor, what } = deed
  switch (what.kind) {
    case 'sign-up':
      return signUp({ chat, deed, what })
    case 'log-in':
      return logIn({ chat, deed, what })
    case 'create-channel':
      return createChannel({ chat, deed, what })
    case 'ask-lock':
      return askLock({ chat, deed, what })
    case 'keep-lock':
      return keepLock({ chat, deed, what })
    case 'give-lock':
      return giveLock({ chat, deed, what })
    case 'expire-locks':
      return expireLocks({ chat, deed, what })
    case 'token-key':
      return addTokenKey({ chat, deed, what })
    default:
      return actor === null ? 'malformed' : actBy({ chat, deed, actor }, what)
  }
}

type Alone =
  | 'sign-up'
  | 'log-in'
  | 'create-channel'
  | 'ask-lock'
  | 'keep-lock'
  | 'give-lock'
  | 'expire-locks'
  | 'token-key'

interface By {
  readonly chat: Chat
  readonly deed: Deed
  readonly actor: string
}

function actBy(by: By, what: Exclude<What, { kind: Alone }>): ActOutcome {
  switch (what.kind) {
    case 'say':
      return say({ ...by, what })
    case 'edit':
      return edit({ ...by, what })
    case 'delete':
      return deleteMessage({ ...by, what })
    case 'react':
      return react({ ...by, what })
    case 'read':
      return read({ ...by, what })
    case 'join':
      return join({ ...by, what })
    case 'leave':
      return leave({ ...by, what })
    case 'invite':
      return invite({ ...by, what })
    case 'create-group':
      return createGroup({ ...by, what })
    case 'begin-direct':
      return beginDirect({ ...by, what })
    case 'set-password':
      return setPassword({ ...by, what })
    case 'sign-out-everywhere':
      return signOutEverywhere({ ...by, what })
    default:
      return unreachable(what)
  }
}
