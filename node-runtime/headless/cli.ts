import { connectToLab } from '#host/control-client'
import { dataDirHere, defaultLab, labDirIn } from '#host/places'
import { idPattern } from '#kit/ids'
import { type Command, readWords } from './command.ts'
import { fault } from './commands/fault.ts'
import { logs } from './commands/logs.ts'
import { start, stop } from './commands/nodes.ts'
import { notary } from './commands/notary.ts'
import { reset } from './commands/reset.ts'
import { serve, up } from './commands/serve.ts'
import { status } from './commands/status.ts'
import { tables } from './commands/tables.ts'
import { type ExitCode, exitCodes, makeTerminal, type Streams } from './terminal.ts'
import { type CommandName, commandNames, helpText } from './words/help.ts'
import { type CliLanguage, languageFor } from './words/words.ts'

const commands: Readonly<Record<CommandName, Command>> = {
  serve,
  up,
  status,
  fault,
  logs,
  tables,
  start,
  stop,
  reset,
  notary,
}

export interface CliParts {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly streams: Streams
  readonly builtDir: string
  readonly interrupted: Promise<void>
}

/** One command from its words to its exit code. */
export async function runCli({ args, env, streams, builtDir, interrupted }: CliParts): Promise<ExitCode> {
  const [first, ...rest] = args
  const name = commandNames.find((known) => known === first) ?? null
  const asked = readWords(name === null ? args : rest, name === null ? {} : commands[name].options)
  const named = typeof asked === 'string' ? {} : asked.named
  const terminal = makeTerminal(languageOfWords(named.lang, env), isJsonAsked(named, args), streams)
  if (named.help === true || first === undefined || first === 'help') {
    streams.out(`${helpText(terminal.language, name)}\n`)
    return first === undefined ? exitCodes.notUnderstood : exitCodes.done
  }
  if (name === null) return terminal.misunderstand(terminal.words.noSuchCommand(first))
  if (typeof asked === 'string') return terminal.misunderstand(asked)
  const lab = typeof named.lab === 'string' ? named.lab : defaultLab
  if (!idPattern.test(lab)) return terminal.misunderstand(`--lab ${lab}?`)
  const dataDir = dataDirHere()
  const labDir = labDirIn(dataDir, lab)
  return commands[name].run(asked, {
    terminal,
    lab,
    labDir,
    dataDir,
    env,
    builtDir,
    connect: () => connectToLab(labDir),
    interrupted,
  })
}

function languageOfWords(asked: unknown, env: CliParts['env']): CliLanguage {
  return typeof asked === 'string' ? languageFor({ LANG: asked }) : languageFor(env)
}

/** Also when the rest was not understood: a program that asked for JSON gets JSON. */
function isJsonAsked(named: Readonly<Record<string, unknown>>, args: readonly string[]): boolean {
  return named.json === true || args.includes('--json')
}
