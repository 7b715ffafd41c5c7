import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { budgets, exceptions, roomRules, roomsWithReadme, sourceFolders } from './floor-plan.ts'
import { bannedUses, isTest, lineCount, longFunctions, readSources, type SourceFile } from './scan.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = readSources(root, sourceFolders)
const shipped = files.filter((file) => !isTest(file.path))

describe('the house', () => {
  it('is seen whole', () => {
    expect(files.length).toBeGreaterThan(100)
  })

  it('has no file over the budget', () => {
    expect(breaches('linesPerFileMax', (file) => lineCount(file.text) > budgets.linesPerFileMax)).toEqual([])
  })

  it('has a median file under the budget', () => {
    const lengths = shipped.map((file) => lineCount(file.text)).sort((one, other) => one - other)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(budgets.linesPerFileMedianMax)
  })

  it('has no function over the budget', () => {
    const long = shipped.flatMap((file) =>
      longFunctions(file, budgets.linesPerFunctionMax).map(
        ({ name, line, lines }) => `${file.path}:${line} ${name} has ${lines} lines`,
      ),
    )
    expect(long).toEqual([])
  })

  it.each(roomRules)('keeps banned names out of $folder', ({ folder, bannedNames, why }) => {
    const uses = shipped
      .filter((file) => file.path.startsWith(`${folder}/`))
      .flatMap((file) =>
        bannedUses(file, bannedNames).map(({ name, line }) => `${file.path}:${line} uses ${name} (${why})`),
      )
    expect(uses).toEqual([])
  })

  it('has a note at each door', () => {
    expect(roomsWithReadme.filter((room) => !existsSync(join(root, room, 'README.md')))).toEqual([])
  })

  it('names no path of a machine and no tool outside the house', () => {
    const words = [['/work', '/'].join(''), ['registry', '.npmjs'].join(''), ['farm', '-'].join('')]
    const found = files.flatMap((file) =>
      words.filter((word) => file.text.includes(word)).map((word) => `${file.path}: ${word}`),
    )
    expect(found).toEqual([])
  })

  it('skips a test only for a condition and with its reason', () => {
    const silent = files
      .filter((file) => isTest(file.path) && !file.path.startsWith('tools/tidy/'))
      .flatMap((file) => file.text.split('\n').map((line, index) => ({ file, line, index })))
      .filter(({ line }) => /\b(it|test|describe)\.(only|todo|((skip|fixme)\((?![\w!].*,)))/.test(line))
      .map(({ file, index }) => `${file.path}:${index + 1}`)
    expect(silent).toEqual([])
  })
})

describe('the checks themselves', () => {
  const bad: SourceFile = {
    path: 'node-runtime/cores/bad.ts',
    text: `// Date in a comment is fine\nexport async function bad() {\n  const date = { Date: 'Date' }\n  return Date.now() + Math.random() + date.Date.length\n}\n${'\n'.repeat(3)}`,
  }

  it('see a banned name in code, and not in comments, texts or fields', () => {
    expect(bannedUses(bad, ['Date', 'Math.random', 'async'])).toEqual([
      { name: 'async', line: 2 },
      { name: 'Date', line: 4 },
      { name: 'Math.random', line: 4 },
    ])
  })

  it('see a long function', () => {
    const text = `export function long() {\n${'  step()\n'.repeat(90)}}\n`
    expect(longFunctions({ path: 'long.ts', text }, 70)).toEqual([{ name: 'long', line: 1, lines: 92 }])
  })
})

/** Files that break a budget and are not excused, and excuses that no longer excuse anything. */
function breaches(budget: keyof typeof budgets, isBroken: (file: SourceFile) => boolean): string[] {
  const broken = files.filter(isBroken).map((file) => file.path)
  const excused = exceptions.filter((entry) => entry.budget === budget).map((entry) => entry.file)
  return [
    ...broken.filter((path) => !excused.includes(path)),
    ...excused.filter((path) => !broken.includes(path)).map((path) => `${path} needs no exception any more`),
  ]
}
