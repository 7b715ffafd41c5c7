import { chatLayouts, chatProfiles, chatReaches } from '#contract/worker/chat'
import type { Command, Words } from '../command.ts'
import type { ExitCode } from '../terminal.ts'

const text = { type: 'string' } as const

/** A user of the chat in this terminal; or how the chat is set up, what programs sent it, and its files. Loaded when asked for. */
export const chat: Command = {
  options: {
    user: text,
    new: { type: 'boolean' },
    profile: text,
    publications: text,
    layout: text,
    reach: text,
    follow: { type: 'boolean' },
    out: text,
  },
  async run(words, around): Promise<ExitCode> {
    const [word, ...rest] = words.plain
    const wrong = wrongOption(words.named, uses.find(({ name }) => name === word)?.options ?? ofTalking)
    if (wrong !== undefined) return around.terminal.misunderstand(`chat: ${wrong}?`)
    if (word === 'setup') return (await import('./chat/setup.ts')).setup(words.named, around)
    if (word === 'foreign') return (await import('./chat/foreign.ts')).foreign(words.named, around)
    if (word === 'export') {
      const [node, ...tooMany] = rest
      if (node === undefined || tooMany.length > 0) return around.terminal.misunderstand('chat export NODE?')
      return (await import('./chat/export.ts')).exportFiles(node, words.named, around)
    }
    return (await import('./chat/talk.ts')).talk(words, around)
  },
}

const ofTalking = ['user', 'new']
const uses = [
  { name: 'setup', options: ['profile', 'publications', 'layout', 'reach'] },
  { name: 'foreign', options: ['follow'] },
  { name: 'export', options: ['out'] },
] as const
const choices: Readonly<Record<string, readonly string[]>> = {
  profile: chatProfiles,
  publications: ['json', 'messagepack'],
  layout: chatLayouts,
  reach: chatReaches,
}

/** The first that is not understood, or is of another use of this command. */
function wrongOption(named: Words['named'], own: readonly string[]): string | undefined {
  const foreign = Object.keys(chat.options).find((name) => named[name] !== undefined && !own.includes(name))
  if (foreign !== undefined) return `--${foreign}`
  const unknown = Object.entries(choices).find(([name, known]) => {
    return named[name] !== undefined && !known.some((choice) => choice === named[name])
  })
  return unknown === undefined ? undefined : `--${unknown[0]} ${unknown[1].join('|')}`
}
