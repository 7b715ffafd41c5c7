import type { ControlClient } from '#host/control-client'
import type { Result } from '#kit/result'
import type { Surroundings } from './command.ts'
import type { ExitCode } from './terminal.ts'
import { exitCodes } from './terminal.ts'

/** Does a step with the Colmeia that runs the lab, and lets go of it. */
export async function onLine(
  { terminal, connect }: Surroundings,
  step: (line: ControlClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connected = await connect()
  if (!connected.ok) return terminal.refuse(connected.failure)
  try {
    return await step(connected.value)
  } finally {
    connected.value.close()
  }
}

/** For what has no answer but that it was done. */
export function finish({ terminal }: Surroundings, result: Result<null>): ExitCode {
  if (!result.ok) return terminal.refuse(result.failure)
  terminal.give(null, () => terminal.words.done)
  return exitCodes.done
}
