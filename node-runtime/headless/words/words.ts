import type { FailureCode } from '#kit/failures'
import type { ChatWords } from './chat-words.ts'
import type { NotaryWords } from './notary-words.ts'
import type { RingWords } from './ring-words.ts'

export type CliLanguage = 'en' | 'pt'

/** What the command line says to people. What it prints for programs (--json) is in no language. */
export interface Words {
  readonly noSuchCommand: (name: string) => string
  readonly seeHelp: string
  readonly addressToOpen: (address: string) => string
  readonly runsWithoutPage: (lab: string) => string
  readonly notBuilt: string
  readonly stopping: string
  readonly stopped: string
  readonly laterVersion: (kinds: string) => string
  readonly nothingToStart: string
  readonly demoFailed: string
  readonly noFaults: string
  readonly done: string
  readonly reset: string
  readonly askReset: (lab: string) => string
  readonly notReset: string
  readonly needsYes: string
  readonly moreRows: (cursor: string) => string
  readonly notary: NotaryWords
  readonly ring: RingWords
  readonly chat: ChatWords
  readonly failures: Readonly<Record<FailureCode, string>>
}

export function languageFor(env: Readonly<Record<string, string | undefined>>): CliLanguage {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.toLowerCase().startsWith('pt') ? 'pt' : 'en'
}
