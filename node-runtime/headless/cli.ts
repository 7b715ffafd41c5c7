import { dataDirHere, defaultLab, labDirIn } from '#host/places'
import { idPattern } from '#kit/ids'
import { type Command, readWords } from './command.ts'
import { type ExitCode, exitCodes, makeTerminal, type Streams } from './terminal.ts'
import { type CommandName, commandNames, helpText } from './words/help.ts'
import { type CliLanguage, languageFor } from './words/words.ts'

/** Each with what it needs, when it is the one: a check of a receipt waits for nothing that only a lab needs. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  up: async () => (await import('./commands/serve.ts')).up,
  status: async () => (await import('./commands/status.ts')).status,
  fault: async () => (await import('./commands/fault.ts')).fault,
  logs: async () => (await import('./commands/logs.ts')).logs,
  tables: async () => (await import('./commands/tables.ts')).tables,
  start: async () => (await import('./commands/nodes.ts')).start,
  stop: async () => (await import('./commands/nodes.ts')).stop,
  reset: async () => (await import('./commands/reset.ts')).reset,
  notary: async () => (await import('./commands/notary.ts')).notary,
  ring: async () => (await import('./commands/ring.ts')).ring,
  chat: async () => (await import('./commands/chat.ts')).chat,
}

export interface CliParts {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly streams: Streams
  readonly builtDir: string
  readonly interrupted: Promise<void>
  readonly input?: NodeJS.ReadableStream
}

/** One command from its words to its exit code. */
export async function runCli({ args, env, streams, builtDir, interrupted, input }: CliParts): Promise<ExitCode> {
  const [first, ...rest] = args
  const name = commandNames.find((known) => known === first) ?? null
  const command = name === null ? null : await commands[name]()
  const asked = readWords(command === null ? args : rest, command?.options ?? {})
  const named = typeof asked === 'string' ? {} : asked.named
  const terminal = makeTerminal(languageOfWords(named.lang, env), isJsonAsked(named, args), streams)
  if (named.help === true || first === undefined || first === 'help') {
    streams.out(`${helpText(terminal.language, name)}\n`)
    return first === undefined ? exitCodes.notUnderstood : exitCodes.done
  }
  if (command === null) return terminal.misunderstand(terminal.words.noSuchCommand(first))
  if (typeof asked === 'string') return terminal.misunderstand(asked)
  const lab = typeof named.lab === 'string' ? named.lab : defaultLab
  if (!idPattern.test(lab)) return terminal.misunderstand(`--lab ${lab}?`)
  const dataDir = dataDirHere()
  const labDir = labDirIn(dataDir, lab)
  return command.run(asked, {
    terminal,
    lab,
    labDir,
    dataDir,
    env,
    builtDir,
    connect: async () => (await import('#host/control-client')).connectToLab(labDir),
    interrupted,
    input: input ?? process.stdin,
  })
}

function languageOfWords(asked: unknown, env: CliParts['env']): CliLanguage {
  return typeof asked === 'string' ? languageFor({ LANG: asked }) : languageFor(env)
}

/** Also when the rest was not understood: a program that asked for JSON gets JSON. */
function isJsonAsked(named: Readonly<Record<string, unknown>>, args: readonly string[]): boolean {
  return named.json === true || args.includes('--json')
}
