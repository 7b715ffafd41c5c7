import type { RingCommand } from '#contract/worker/ring'

export const words = ['@LIDER', '@LIST', '@MEMBERS', '@HELP', 'FIM'] as const
export type Word = (typeof words)[number]

/** What a line of the composer means. */
export type Said =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly command: RingCommand }
  /** Answered by the window itself. */
  | { readonly kind: 'show'; readonly what: 'members' | 'help' }

const meanings: Readonly<Record<Word, Said>> = {
  '@LIDER': { kind: 'command', command: 'elect' },
  '@LIST': { kind: 'command', command: 'refresh' },
  '@MEMBERS': { kind: 'show', what: 'members' },
  '@HELP': { kind: 'show', what: 'help' },
  FIM: { kind: 'command', command: 'leave' },
}

/**
 * A command is one only where it stands alone. With `@` it may be written in any letters, as in the terminal; FIM only in
 * capitals, because whoever ends a talk with a plain `fim` does not mean to leave.
 */
export function saidBy(line: string): Said {
  const text = line.trim()
  if (text === '') return { kind: 'nothing' }
  const word = words.find((one) => one === (text.startsWith('@') ? text.toUpperCase() : text))
  return word === undefined ? { kind: 'text', text } : meanings[word]
}
