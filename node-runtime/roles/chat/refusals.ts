import type { ChatRefusal } from '#cores/chat/messages'
import type { FailureCode } from '#kit/failures'

/** What people are told of a refusal of the core. */
export const codeOfRefusal: Readonly<Record<ChatRefusal, FailureCode>> = {
  'name-taken': 'name-taken',
  'name-not-allowed': 'name-not-allowed',
  'unknown-user': 'unknown-user',
  'unknown-channel': 'unknown-channel',
  'unknown-message': 'not-found',
  'not-a-member': 'not-a-member',
  'not-yours': 'not-yours',
  'protected-name': 'protected-name',
  locked: 'locked',
  'too-long': 'too-large',
  empty: 'bad-request',
  'too-many': 'too-many',
  malformed: 'bad-request',
}
