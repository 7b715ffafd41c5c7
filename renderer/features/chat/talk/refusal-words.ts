import { type FailureCode, failures } from '#kit/failures'
import type { Speech } from '../../../i18n/use-words.ts'

/** Why something was never said: as the chat refuses, or as everything in the lab does. */
export function refusalWords(why: string, t: Speech['t']): string {
  if (isChatRefusal(why)) return t(`chat.refusals.${why}`)
  if (isFailure(why)) return t(`failures.${why}.title`)
  return t('chat.refusedOther', { why })
}

/** Words that the chat has of its own, beside those of the house's failures. */
const chatRefusals = [
  'name-taken',
  'name-not-allowed',
  'unknown-user',
  'unknown-channel',
  'unknown-message',
  'not-a-member',
  'not-yours',
  'protected-name',
  'locked',
  'too-long',
  'empty',
  'too-many',
  'malformed',
] as const

function isChatRefusal(why: string): why is (typeof chatRefusals)[number] {
  return chatRefusals.some((one) => one === why)
}

function isFailure(why: string): why is FailureCode {
  return Object.hasOwn(failures, why)
}
