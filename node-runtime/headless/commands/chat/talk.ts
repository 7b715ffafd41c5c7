import type { ControlClient } from '#host/control-client'
import { within } from '#host/within'
import type { Surroundings, Words } from '../../command.ts'
import { InputLines } from '../../input-lines.ts'
import { onLine } from '../../on-line.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'
import { Acts } from './acts.ts'
import { enter } from './enter.ts'
import { Listener } from './listener.ts'
import { Screen } from './screen.ts'
import { readTyped } from './typed.ts'

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
  const listener = new Listener(line, session, screen)
  const begun = await listener.begin()
  if (!begun.ok) return terminal.refuse(begun.failure)
  const listening = listener.run()
  const waiting = new Set<string>()
  const acts = new Acts({ line, session, screen, terminal })
  const talker = new Talker({ acts, waiting, around })
  const talking = words.length > 0 ? talker.once(words.join(' ')) : talker.all(lines, session.user)
  const isAsked = interrupted.then(() => exitCodes.done)
  const isGone = listening.then((ended) => (ended.ok ? exitCodes.done : terminal.refuse(ended.failure)))
  const code = await Promise.race([talking, isAsked, isGone, line.closed.then(() => terminal.refuse(gone))])
  const isSettled = listener.until(() => [...waiting].every((id) => screen.find(id) !== null))
  if (code === exitCodes.done) await within(settleWithinMs, Promise.race([isSettled, listening, line.closed]))
  listener.stop()
  const isRefused = [...waiting].some((id) => screen.find(id)?.state.kind === 'refused')
  return code === exitCodes.done && isRefused ? exitCodes.refused : code
}

const gone = { code: 'lab-not-running', message: 'the Colmeia that runs the lab is gone' } as const

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

  async once(text: string): Promise<ExitCode> {
    return (await this.#take(text)) ?? exitCodes.done
  }

  async all(lines: InputLines, user: string): Promise<ExitCode> {
    const { terminal } = this.#parts.around
    terminal.give({ event: 'signed-in', user }, () => terminal.words.chat.youAre(user))
    for (;;) {
      const text = await lines.next()
      if (text === null) return exitCodes.done
      if (readTyped(text).kind === 'quit') return exitCodes.done
      // What is refused is said, and the next line is taken.
      await this.#take(text)
    }
  }

  /** null: done. */
  async #take(text: string): Promise<ExitCode | null> {
    const { acts, waiting, around } = this.#parts
    const typed = readTyped(text)
    if (typed.kind === 'quit') return null
    const done = await acts.do(typed)
    if (!done.ok) return around.terminal.refuse(done.failure)
    if (done.value !== null) waiting.add(done.value)
    return null
  }
}
