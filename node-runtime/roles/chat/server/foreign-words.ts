import type { ChatRefusal } from '#cores/chat/messages'
import type { Refusal } from '#dialects/chat/index'
import type { Failure } from '#kit/failures'
import type { Said } from './foreign-door.ts'

/** What a request names, for the words of its refusal. */
export interface Named {
  readonly user: string
  readonly channel: string
  /** Which of the two a name would be that is taken. */
  readonly makes: 'user' | 'channel'
}

export function refusalOf(why: ChatRefusal, { user, channel, makes }: Named): Refusal {
  const name = makes === 'user' ? user : channel
  switch (why) {
    case 'name-taken':
      return { kind: makes === 'user' ? 'user-taken' : 'channel-taken', name }
    case 'name-not-allowed':
      return { kind: why, name }
    case 'unknown-user':
      return { kind: 'user-unknown', name: user }
    case 'unknown-channel':
      return { kind: 'channel-unknown', name: channel }
    case 'not-a-member':
      return { kind: 'not-subscribed', user, channel }
    case 'protected-name':
      return { kind: 'user-protected', name: user }
    case 'locked':
      return { kind: 'channel-locked', name: channel }
    case 'too-long':
    case 'empty':
    case 'too-many':
      return { kind: why }
    case 'unknown-message':
    case 'not-yours':
    case 'malformed':
      return { kind: 'form' }
  }
}

/** What cannot be said in the dialect goes back, for another server to do under the same id. */
export function afterFailure(failure: Failure, { user }: Pick<Named, 'user'>): Said<never> {
  switch (failure.code) {
    case 'not-signed-in':
      return { kind: 'refused', why: { kind: 'credentials' } }
    case 'name-taken':
      return { kind: 'refused', why: { kind: 'user-taken', name: user } }
    case 'name-not-allowed':
      return { kind: 'refused', why: { kind: 'name-not-allowed', name: user } }
    case 'too-weak':
      return { kind: 'refused', why: { kind: 'field', field: 'senha' } }
    case 'too-large':
      return { kind: 'refused', why: { kind: 'too-long' } }
    case 'too-many':
    case 'busy':
      return { kind: 'refused', why: { kind: 'too-many' } }
    default:
      return { kind: 'elsewhere', failure: { ok: false, failure } }
  }
}
