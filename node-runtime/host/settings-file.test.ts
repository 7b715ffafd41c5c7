import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings, languageOf, SettingsFile } from './settings-file.ts'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'settings-'))
  path = join(dir, 'deep', 'settings.json')
})
afterEach(() => rmSync(dir, { recursive: true }))

const defaults = defaultSettings('en')

describe('the settings file', () => {
  it('gives the defaults on a first run, and writes nothing for that', () => {
    const file = new SettingsFile(path, defaults)
    expect([file.settings, file.problem, existsSync(path)]).toEqual([defaults, null, false])
  })

  it('gives back what was chosen, also to the next run', () => {
    const file = new SettingsFile(path, defaults)
    const heard: unknown[] = []
    file.onChange((settings) => heard.push(settings))
    const chosen = { ...defaults, theme: 'dark' as const }
    expect(file.change({ theme: 'dark', language: undefined })).toEqual({ ok: true, value: chosen })
    expect([file.settings, heard]).toEqual([chosen, [chosen]])
    expect(new SettingsFile(path, defaults).settings).toEqual(chosen)
    expect(readdirSync(join(dir, 'deep'))).toEqual(['settings.json'])
  })

  it('fills in what an older version did not know', () => {
    new SettingsFile(path, defaults).change({})
    writeFileSync(path, '{"theme":"light"}')
    const file = new SettingsFile(path, defaults)
    expect([file.settings.theme, file.settings.startsDemo, file.problem]).toEqual(['light', true, null])
  })

  it.each(['{"theme":"li', 'null', '[]', '"dark"', '{"theme":"purple"}', ''])(
    'keeps a damaged file aside, says so and goes on with the defaults: %s',
    (text) => {
      new SettingsFile(path, defaults).change({})
      writeFileSync(path, text)
      const file = new SettingsFile(path, defaults)
      expect(file.settings).toEqual(defaults)
      expect(file.problem).toContain('damaged')
      expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text)
      expect(file.change({ theme: 'dark' }).ok).toBe(true)
      expect(new SettingsFile(path, defaults).problem).toBeNull()
    },
  )

  it('refuses a change that cannot be written, and keeps what holds', () => {
    writeFileSync(join(dir, 'deep'), 'a file where the folder should be')
    const file = new SettingsFile(path, defaults)
    expect(file.change({ theme: 'dark' }).ok).toBe(false)
    expect(file.settings).toEqual(defaults)
  })

  it.skipIf(process.getuid?.() === 0)('names a lack of rights by its code', () => {
    chmodSync(dir, 0o500)
    const result = new SettingsFile(path, defaults).change({ theme: 'dark' })
    chmodSync(dir, 0o700)
    expect(result).toMatchObject({ ok: false, failure: { code: 'no-permission' } })
  })

  it.each([
    ['pt', 'pt-BR'],
    ['pt_PT.UTF-8', 'pt-BR'],
    ['en-GB', 'en'],
    ['', 'en'],
  ])('takes %s to %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language)
  })
})
