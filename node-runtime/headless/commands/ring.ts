import { ringLimits, ringReaches, ringTextsFrom, ringTimingNames } from '#contract/worker/ring'
import type { Command, Words } from '../command.ts'
import type { ExitCode } from '../terminal.ts'
import { namesIn } from './ring/chosen.ts'

const text = { type: 'string' } as const

/** One peer more, in this terminal; or how the ring of a lab is set up. Each is loaded when it is the one. */
export const ring: Command = {
  options: {
    name: text,
    phrase: { type: 'boolean' },
    reach: text,
    interface: text,
    names: text,
    texts: text,
    timing: text,
    key: text,
  },
  async run(words, around): Promise<ExitCode> {
    const [word, ...tooMany] = words.plain
    const wrong = tooMany[0] ?? wrongOption(words.named, word === 'setup')
    if (wrong !== undefined) return around.terminal.misunderstand(`ring: ${wrong}?`)
    if (word === 'setup') return (await import('./ring/setup.ts')).setup(words.named, around)
    if (word !== undefined && word !== 'debug' && word !== 'heartbeat') {
      return around.terminal.misunderstand(`ring ${word}?`)
    }
    return (await import('./ring/join.ts')).join(words.named, word ?? 'default', around)
  },
}

const ofJoining = ['name', 'phrase']
const ofSetup = ['names', 'texts', 'timing', 'key']
const choices: Readonly<Record<string, readonly string[]>> = {
  reach: ringReaches,
  texts: ringTextsFrom,
  timing: ringTimingNames,
  key: ['lab', 'phrase', 'new'],
}

/** The first that is not understood, or is of the other use of this command. */
function wrongOption(named: Words['named'], isSetup: boolean): string | undefined {
  const foreign = (isSetup ? ofJoining : ofSetup).find((name) => named[name] !== undefined)
  if (foreign !== undefined) return `--${foreign}`
  const unknown = Object.entries(choices).find(([name, known]) => {
    return named[name] !== undefined && !known.some((choice) => choice === named[name])
  })
  if (unknown !== undefined) return `--${unknown[0]} ${unknown[1].join('|')}`
  return areNames(named.name) && areNames(named.names) ? undefined : '--name'
}

function areNames(value: unknown): boolean {
  return value === undefined || namesIn(value).every(isName)
}

function isName(name: string): boolean {
  return name.length > 0 && name.length <= ringLimits.nameCharsMax && !/[|\p{Cc}]/u.test(name)
}
