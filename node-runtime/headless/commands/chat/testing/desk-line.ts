import { setImmediate } from 'node:timers/promises'
import { chatInputs } from '#contract/window/chat'
import type { ChatCallName, ChatInput, ChatOutput } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { fail, ok } from '#kit/result'
import type { ChatWorld } from '../../../../roles/desk/chat/testing/chat-world.ts'

type Scripted = { readonly [Name in ChatCallName]?: (input: ChatInput<Name>) => ChatOutput<Name> }

/**
 * A line to a Colmeia whose chat and desk are those of a world: time passes there only while something is asked.
 * `scripted`: what is answered otherwise.
 */
export function deskLine(world: ChatWorld, scripted: Scripted = {}): ControlClient {
  let isOpen = true
  let end = (): void => {}
  const closed = new Promise<void>((resolve) => {
    end = resolve
  })
  const call = async (name: ChatCallName, input: unknown): Promise<unknown> => {
    // As on a socket: what is typed meanwhile is heard.
    await setImmediate()
    if (!isOpen) return fail('lab-not-running', 'the line is closed')
    const parsed = chatInputs[name].safeParse(input)
    const answer = scripted[name] as ((input: unknown) => unknown) | undefined // a name with its own input
    if (parsed.success && answer !== undefined) return ok(answer(parsed.data))
    return parsed.success ? world.ask(name, parsed.data as never) : fail('bad-request', parsed.error.message)
  }
  return {
    call: call as ControlClient['call'], // the chat's calls only: nothing else is asked for by who talks
    on: () => () => undefined,
    closed,
    close() {
      isOpen = false
      end()
    },
  }
}
