import { z } from 'zod'
import { type CallName, callNames } from '#contract/window/channels'
import { type CallOutput, type CheckedInput, calls, windowLimits } from '#contract/window/contract'
import { fail, type Result } from '#kit/result'
import { hostLimits } from './limits.ts'

/** A name without a handler does not compile. */
export type CallHandlers = {
  readonly [Name in CallName]: (
    input: CheckedInput<Name>,
  ) => Result<CallOutput<Name>> | Promise<Result<CallOutput<Name>>>
}

export interface IncomingCall {
  readonly name: unknown
  readonly payload: unknown
  /** Each carrier knows its own signs: the frame of a window, a cookie and an origin, the rights of a socket file. */
  readonly isTrusted: boolean
}

export type AnswerCall = (call: IncomingCall) => Promise<Result<unknown>>

/** The one door for calls, whichever carrier brought them. Sender first, then name, size and shape; then the handler. */
export function serveCalls(handlers: CallHandlers, onBug: (error: unknown) => void): AnswerCall {
  let atWork = 0
  return async ({ name, payload, isTrusted }) => {
    if (!isTrusted) return fail('not-trusted', 'the sender is not one of ours')
    if (!isCallName(name)) return fail('unknown-call', `no call is named ${shown(name)}`)
    const bytes = sizeOf(payload)
    if (bytes === null) return fail('bad-request', `${name} was given something that is not plain data`)
    if (bytes > windowLimits.callBytesMax) return fail('too-large', `${name} was given ${bytes} bytes`)
    const parsed = calls[name].input.safeParse(payload)
    if (!parsed.success) return fail('bad-request', `${name}: ${z.prettifyError(parsed.error)}`)
    if (atWork >= hostLimits.callsAtWorkMax) return fail('busy', `${atWork} calls are at work`)
    atWork += 1
    try {
      // The table was just asked for this very name, so handler and input belong together; the union hides that.
      const handler = handlers[name] as (input: unknown) => Result<unknown> | Promise<Result<unknown>>
      return await handler(parsed.data)
    } catch (error) {
      // A carrier would pass on only the message of what was thrown. Failures are values; what lands here is a bug.
      onBug(error)
      return fail('internal', `${name} failed`)
    } finally {
      atWork -= 1
    }
  }
}

function isCallName(name: unknown): name is CallName {
  return (callNames as readonly unknown[]).includes(name) // widened only to ask whether it is in the list
}

/** As JSON, whatever carried it: one measure for all carriers. null: it cannot be written as JSON at all. */
function sizeOf(payload: unknown): number | null {
  try {
    const text = JSON.stringify(payload)
    return text === undefined ? null : Buffer.byteLength(text)
  } catch {
    // A cycle or a BigInt: nothing that a call of ours takes.
    return null
  }
}

function shown(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 40)) : typeof name
}
