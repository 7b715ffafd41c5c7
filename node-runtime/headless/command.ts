import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { ControlClient } from '#host/control-client'
import type { Result } from '#kit/result'
import type { ExitCode, Terminal } from './terminal.ts'

/** What every command has in its hands. */
export interface Surroundings {
  readonly terminal: Terminal
  readonly lab: string
  readonly labDir: string
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the built program lies: out/headless, with workers and the window beside it. */
  readonly builtDir: string
  /** Reaches the Colmeia that runs the lab. */
  connect(): Promise<Result<ControlClient>>
  /** What somebody types here, or another program writes. */
  readonly input: NodeJS.ReadableStream
  /** Settles when somebody asks this process to stop. */
  readonly interrupted: Promise<void>
}

export type Run = (words: Words, around: Surroundings) => Promise<ExitCode>

export interface Words {
  readonly named: Readonly<Record<string, string | boolean | undefined>>
  readonly plain: readonly string[]
}

export interface Command {
  readonly options: NonNullable<ParseArgsConfig['options']>
  readonly run: Run
}

export const commonOptions = {
  lab: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

/** The words of one command, or what about them is not understood. */
export function readWords(args: readonly string[], options: Command['options']): Words | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...commonOptions, ...options },
      allowPositionals: true,
    })
    // None of our options is given more than once, so no value is an array.
    return { named: values as Words['named'], plain: positionals }
  } catch (error) {
    // parseArgs throws for unknown options and missing values: that is somebody's typing and no bug.
    return error instanceof Error ? error.message : String(error)
  }
}

export function wholeNumber(text: unknown, range: { readonly min: number; readonly max: number }): number | null {
  if (typeof text !== 'string' || !/^-?\d{1,12}$/.test(text)) return null
  const value = Number(text)
  return value >= range.min && value <= range.max ? value : null
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** `500ms`, `10s`, `5m`, `1h`. */
export function durationMs(text: string): number | null {
  const [, amount, unit] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? []
  const factor = unitsMs[unit ?? '']
  return amount === undefined || factor === undefined || Number(amount) === 0 ? null : Number(amount) * factor
}
