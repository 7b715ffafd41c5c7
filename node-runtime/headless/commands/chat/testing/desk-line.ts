import { setImmediate } from 'node:timers/promises'
import { chatInputs } from '#contract/window/chat'
import type { ChatCallName } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { fail } from '#kit/result'
import type { ChatWorld } from '../../../../roles/desk/chat/testing/chat-world.ts'

/** A line to a Colmeia whose chat and desk are those of a world: time passes there only while something is asked. */
export function deskLine(world: ChatWorld): ControlClient {
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
