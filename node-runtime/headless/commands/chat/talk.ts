import type { ControlClient } from '#host/control-client'
import { within } from '#host/within'
import { fail, ok, type Result } from '#kit/result'
import type { Surroundings, Words } from '../../command.ts'
import { InputLines } from '../../input-lines.ts'
import { onLine } from '../../on-line.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'
import { Acts } from './acts.ts'
import { enter } from './enter.ts'
import { Listener } from './listener.ts'
import { Reading } from './reading.ts'
import { Screen } from './screen.ts'
import { lineOf, readTyped } from './typed.ts'

/** What was said last is waited for so long; it is on the disk of the desk, and goes on its way without us. */
const settleWithinMs = 10_000

/** A user of the chat in this terminal: what is typed is done, until there is no more; or one thing that was named. */
export async function talk({ named, plain: words }: Words, around: Surroundings): Promise<ExitCode> {
  const lines = new InputLines(around.input)
  try {
    return await onLine(around, (line) => take(line, { named, words, lines }, around))
  } finally {
    lines.close()
  }
}

interface Parts {
  readonly named: Words['named']
  readonly words: readonly string[]
  readonly lines: InputLines
}

async function take(line: ControlClient, { named, words, lines }: Parts, around: Surroundings): Promise<ExitCode> {
  const { terminal, interrupted } = around
  const entered = await enter(line, named, lines, around)
  if (!entered.ok) return terminal.refuse(entered.failure)
  const session = entered.value
  const screen = new Screen(terminal, session.user)
  const reading = new Reading(line, session)
  const listener = new Listener({ line, session, screen, reading })
  const begun = await listener.begin()
  if (!begun.ok) return terminal.refuse(begun.failure)
  const listening = listener.run()
  const waiting = new Set<string>()
  const acts = new Acts({ line, session, screen, reading, terminal })
  const talker = new Talker({ acts, waiting, around })
  const talking = words.length > 0 ? talker.once(lineOf(words)) : talker.all(lines, session.user)
  // One end, which is said once: our own closing of the line, later on, is none.
  const ended = await Promise.race<Result<unknown>>([
    talking,
    interrupted.then(() => ok(null)),
    listening,
    line.closed.then(() => gone),
  ])
  if (!ended.ok) {
    listener.stop()
    return terminal.refuse(ended.failure)
  }
  const isSettled = listener.until(() => ![...waiting].some((id) => screen.waits(id)))
  await within(settleWithinMs, Promise.race([isSettled, listening, line.closed]))
  listener.stop()
  const said = [...waiting]
  // Nobody knows whether the chat has it, but it is on its way and need not be said again.
  if (said.some((id) => screen.waits(id)))
    return terminal.refuse({ code: 'timed-out', message: terminal.words.chat.waits })
  return said.some((id) => screen.find(id)?.state.kind === 'refused') ? exitCodes.refused : exitCodes.done
}

const gone = fail('lab-not-running', 'the Colmeia that runs the lab is gone')

interface TalkerParts {
  readonly acts: Acts
  /** What was said here and may not be in the chat yet. */
  readonly waiting: Set<string>
  readonly around: Surroundings
}

class Talker {
  readonly #parts: TalkerParts

  constructor(parts: TalkerParts) {
    this.#parts = parts
  }

  once(text: string): Promise<Result<null>> {
    return this.#take(text)
  }

  /** Until there is no more, or nobody who could do it. */
  async all(lines: InputLines, user: string): Promise<Result<null>> {
    const { terminal } = this.#parts.around
    terminal.give({ event: 'signed-in', user }, () => terminal.words.chat.youAre(user))
    for (;;) {
      const text = await lines.next()
      if (text === null || readTyped(text).kind === 'quit') return ok(null)
      const done = await this.#take(text)
      if (done.ok) continue
      if (done.failure.code === 'lab-not-running') return done
      // What is refused is said, and the next line is taken.
      terminal.refuse(done.failure)
    }
  }

  async #take(text: string): Promise<Result<null>> {
    const { acts, waiting } = this.#parts
    const typed = readTyped(text)
    if (typed.kind === 'quit') return ok(null)
    const done = await acts.do(typed)
    if (!done.ok) return done
    if (done.value !== null) waiting.add(done.value)
    return ok(null)
  }
}
