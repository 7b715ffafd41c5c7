import type { ChatRefusal, DeedId } from '#cores/chat/messages'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { fail, type Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import { codeOfRefusal } from '../refusals.ts'

/** A refusal of the core where only failures can be said: there the user is whoever asks. */
export function failureOf(why: ChatRefusal): Result<never> {
  const code = why === 'unknown-user' ? 'not-signed-in' : codeOfRefusal[why]
  return fail(code, `the chat refused it: ${why}`)
}

/** Of a deed that has to come before another one: asked again under the same id, it has the same. */
export function idBefore(id: DeedId, sha256: Sha256): DeedId {
  return toHex(sha256(encodeText(`before ${id}`)).subarray(0, 16))
}
