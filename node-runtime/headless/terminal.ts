import type { Failure } from '#kit/failures'
import { english } from './words/english.ts'
import { portuguese } from './words/portuguese.ts'
import type { CliLanguage, Words } from './words/words.ts'

/** What a command ends with. */
export const exitCodes = { done: 0, refused: 1, notUnderstood: 2, noLab: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Where a command writes: for people in their language, for programs as JSON. */
export interface Terminal {
  readonly words: Words
  readonly language: CliLanguage
  readonly isJson: boolean
  /** To people only. */
  say(text: string): void
  /** The result: a value for programs, the text for people. */
  give(value: unknown, text: () => string): void
  /** The sentence of its code, with the code; the developers' message only where it says more. */
  refuse(failure: Failure): ExitCode
  /** What was typed makes no sense. */
  misunderstand(detail: string): ExitCode
}

export interface Streams {
  out(text: string): void
  err(text: string): void
}

export function makeTerminal(language: CliLanguage, isJson: boolean, streams: Streams): Terminal {
  const words = language === 'pt' ? portuguese : english
  const line = (value: unknown): void => streams.out(`${JSON.stringify(value)}\n`)
  return {
    words,
    language,
    isJson,
    say(text) {
      if (!isJson) streams.out(`${text}\n`)
    },
    give(value, text) {
      if (isJson) line({ ok: true, value })
      else streams.out(`${text()}\n`)
    },
    refuse(failure) {
      if (isJson) line({ ok: false, failure })
      else streams.err(`${words.failures[failure.code]} [${failure.code}: ${failure.message}]\n`)
      return failure.code === 'lab-not-running' ? exitCodes.noLab : exitCodes.refused
    },
    misunderstand(detail) {
      if (isJson) line({ ok: false, failure: { code: 'bad-request', message: detail } })
      else streams.err(`${detail}\n${words.seeHelp}\n`)
      return exitCodes.notUnderstood
    },
  }
}
