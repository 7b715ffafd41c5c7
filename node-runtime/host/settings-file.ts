import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type Language, languages, type Settings, themes } from '#contract/window/settings'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { diskFailure, errorCode } from './disk-failures.ts'

export type SettingsChange = { readonly [Key in keyof Settings]?: Settings[Key] | undefined }

const shape = z.object({
  language: z.enum(languages),
  theme: z.enum(themes),
  startsDemo: z.boolean(),
  showsMessages: z.boolean(),
}) satisfies z.ZodType<Settings>

export function defaultSettings(language: Language): Settings {
  return { language, theme: 'system', startsDemo: true, showsMessages: true }
}

export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
}

/** What a person chose, in one small file that is replaced whole: a cut of power leaves the old one or the new one. */
export class SettingsFile {
  readonly #path: string
  readonly #listeners = new Set<(settings: Settings) => void>()
  readonly #problem: string | null
  #settings: Settings

  constructor(path: string, defaults: Settings) {
    this.#path = path
    const { settings, problem } = read(path, defaults)
    this.#settings = settings
    this.#problem = problem
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Set when the file could not be read as settings: the defaults hold, and what stood there was put aside. */
  get problem(): string | null {
    return this.#problem
  }

  change(change: SettingsChange): Result<Settings> {
    const next = { ...this.#settings, ...withoutUndefined(change) }
    try {
      writeWhole(this.#path, `${JSON.stringify(next, null, 2)}\n`)
    } catch (error) {
      return fail(diskFailure(error) ?? 'internal', `settings were not written: ${messageOf(error)}`)
    }
    this.#settings = next
    for (const listener of this.#listeners) listener(next)
    return ok(next)
  }

  onChange(listener: (settings: Settings) => void): Stop {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

function read(path: string, defaults: Settings): { readonly settings: Settings; readonly problem: string | null } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const isAbsent = errorCode(error) === 'ENOENT'
    return { settings: defaults, problem: isAbsent ? null : `${path} cannot be read: ${messageOf(error)}` }
  }
  const parsed = shape.safeParse({ ...defaults, ...asRecord(text) })
  if (parsed.success && asRecord(text) !== null) return { settings: parsed.data, problem: null }
  const aside = `${path}.damaged`
  try {
    renameSync(path, aside)
    return { settings: defaults, problem: `${path} was damaged; it was kept as ${aside}` }
  } catch (error) {
    return { settings: defaults, problem: `${path} is damaged and cannot be moved: ${messageOf(error)}` }
  }
}

/** A file of an older version lacks keys, and the defaults fill them in. What is no object at all is damaged. */
function asRecord(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    // Not JSON: the caller treats it as damaged, keeps the file aside and says so.
    return null
  }
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function withoutUndefined(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
