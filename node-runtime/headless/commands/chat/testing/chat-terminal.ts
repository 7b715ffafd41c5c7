import { PassThrough } from 'node:stream'
import type { ControlClient } from '#host/control-client'
import { ok } from '#kit/result'
import { type ExitCode, makeTerminal } from '../../../terminal.ts'
import type { CliLanguage } from '../../../words/words.ts'
import { talk } from '../talk.ts'

export interface ChatTerminalParts {
  readonly line: ControlClient
  readonly user: string
  readonly words?: readonly string[]
  readonly language?: CliLanguage
  readonly isJson?: boolean
}

/** A terminal in which somebody talks, and what it has said so far. */
export class ChatTerminal {
  out = ''
  err = ''
  readonly exited: Promise<ExitCode>
  readonly #input = new PassThrough()
  readonly #listeners = new Set<() => void>()

  constructor({ line, user, words = [], language = 'en', isJson = false }: ChatTerminalParts) {
    const heard = (where: 'out' | 'err') => (text: string) => {
      this[where] += text
      for (const listen of this.#listeners) listen()
    }
    const terminal = makeTerminal(language, isJson, { out: heard('out'), err: heard('err') })
    const nowhere = { lab: 'lab', labDir: '', dataDir: '', builtDir: '', env: {} }
    this.exited = talk(
      { named: { user }, plain: words },
      {
        ...{ terminal, ...nowhere, input: this.#input, interrupted: new Promise<void>(() => undefined) },
        connect: async () => ok(line),
      },
    )
  }

  type(...lines: readonly string[]): void {
    for (const line of lines) this.#input.write(`${line}\n`)
  }

  /** No more will be typed. */
  async ended(): Promise<ExitCode> {
    this.#input.end()
    return this.exited
  }

  /** When either output has it. */
  said(text: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!text.test(this.out) && !text.test(this.err)) return
        this.#listeners.delete(look)
        resolve()
      }
      this.#listeners.add(look)
      look()
    })
  }
}
