/** Every step of `check` and `test`: what it runs, and how its verdict is read. */

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root } from '../bootstrap/places.mjs'
import { type Ended, run } from '../bootstrap/processes.mjs'
import { buildStale } from '../build/build.ts'
import { copyOutside } from '../packaging/outside.ts'
import { binaryOf, type Packaged } from '../packaging/places.ts'
import { outputOf, planDist } from '../packaging/plan.ts'
import { openDisplay } from './display.ts'
import { chosenElectron, electronEnv, rootPath } from './electron.ts'
import { failuresOfPlaywright, failuresOfVitest } from './failures.ts'
import type { Outcome, Step } from './steps.ts'
import {
  believe,
  oneFailed,
  onePassed,
  type PlaywrightReport,
  tallyOfPlaywright,
  tallyOfVitest,
  type VitestReport,
} from './tally.ts'

const reportsDir = rootPath('out', 'reports')
const stepMaxMs = 20 * 60_000
const wordsMax = 1_000_000
const cruisedFolders = ['node-runtime', 'electron', 'renderer']
const playwrightConfigs = ['e2e/playwright.config.ts', 'playwright.config.ts']
const packagedSpecs = ['demo.spec.ts', 'packaged.spec.ts']

const tests: readonly Step[] = [vitest('sim', { alone: false }), vitest('unit', { alone: false })]

const looks: readonly Step[] = [
  tool('types', 'tsconfig.json', ['node_modules/@typescript/native/bin/tsc', '-b']),
  tool('lint', 'biome.json', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  { name: 'arrows', alone: false, run: checkArrows },
  tool('unused', 'knip.json', ['node_modules/knip/bin/knip.js']),
]

/** The longest come first, so that the lanes end together. */
export const checkSteps: readonly Step[] = [...tests, ...looks]

/** The build comes before the checks, so that a broken build is told first; the others need what it made. */
export const testSteps: readonly Step[] = [
  { name: 'build', alone: true, run: checkBuild },
  ...tests,
  vitest('contract', { alone: false }),
  ...looks,
  vitest('cluster', { alone: true }),
  { name: 'e2e', alone: true, run: () => checkWindow('e2e') },
  { name: 'packaged', alone: true, run: checkPackaged },
]

/** A tool without a report of its own counts as one: it passed or it failed. */
function tool(name: string, config: string, command: readonly string[]): Step {
  return {
    name,
    alone: false,
    run: async () => (existsSync(rootPath(config)) ? whole(await runNode(name, command)) : missing(config)),
  }
}

/** Whole clusters have no other step beside them: how long they take to agree depends on what they are given. */
function vitest(project: string, { alone }: Pick<Step, 'alone'>): Step {
  return {
    name: project,
    alone,
    run: async () => {
      if (!existsSync(rootPath('vitest.config.ts'))) return missing('vitest.config.ts')
      const report = freshReport(project)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const ended = await runNode(project, [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        project,
        ...reporters,
      ])
      const read: VitestReport | null = readJson(report)
      return {
        tally: believe(read && tallyOfVitest(read), ended.code),
        words: ended.output,
        failures: read ? failuresOfVitest(read) : [],
      }
    },
  }
}

/**
 * dependency-cruiser that cannot read TypeScript finds no module and no violation, and is content. So the number it
 * says it cruised is held against the number of sources there are.
 */
async function checkArrows(): Promise<Outcome> {
  const config = '.dependency-cruiser.cjs'
  if (!existsSync(rootPath(config))) return missing(config)
  const script = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'
  const ended = await runNode('arrows', [script, '--config', config, '--output-type', 'err-long', ...cruisedFolders])
  const cruised = Number.parseInt(/(\d+) modules/.exec(ended.output)?.[1] ?? '0', 10)
  const sources = cruisedFolders.reduce((total, folder) => total + countSources(rootPath(folder)), 0)
  if (ended.code === 0 && cruised < sources * 0.9) {
    return { tally: oneFailed, words: `Only ${cruised} modules were looked at, and there are ${sources} sources.` }
  }
  return whole(ended)
}

async function checkBuild(): Promise<Outcome> {
  await buildStale()
  return { tally: onePassed, words: '' }
}

async function checkWindow(
  name: string,
  specs: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const config = playwrightConfigs.find((file) => existsSync(rootPath(file)))
  if (config === undefined) return missing(playwrightConfigs[0] ?? '')
  const report = freshReport(name)
  const display = await openDisplay()
  try {
    const env = { ...electronEnv(), ...display.env, ...more, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const command = ['node_modules/@playwright/test/cli.js', 'test', ...specs, '--config', config]
    const ended = await runNode(name, [...command, '--reporter=list,json'], env)
    const read: PlaywrightReport | null = readJson(report)
    return {
      tally: believe(read && tallyOfPlaywright(read), ended.code),
      words: ended.output,
      failures: read ? failuresOfPlaywright(read) : [],
    }
  } finally {
    await display.stop()
  }
}

/** The demo once more, from a package, where nothing of the repository can help out. */
async function checkPackaged(): Promise<Outcome> {
  const { flavour } = planDist([], chosenElectron())
  const note = rootPath(outputOf(flavour), 'packaged.json')
  rmSync(note, { force: true })
  const made = await runNode('dist', ['tools/bootstrap.mjs', 'dist'])
  const packaged: Packaged | null = readJson(note)
  if (made.code !== 0 || packaged === null) return { tally: oneFailed, words: made.output }
  const copy = copyOutside(packaged)
  try {
    return await checkWindow('packaged', packagedSpecs, { COLMEIA_PACKAGED: binaryOf(copy.packaged) })
  } finally {
    copy.remove()
  }
}

/** Whatever a step says is also kept in `out/reports/<step>.log`, whole. */
async function runNode(name: string, command: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  const ended = await run(process.execPath, command, { cwd: root, env, limitMs: stepMaxMs, keepMax: wordsMax })
  const output = ended.timedOut ? `${ended.output}\nstopped after ${stepMaxMs / 60_000} minutes` : ended.output
  mkdirSync(reportsDir, { recursive: true })
  writeFileSync(join(reportsDir, `${name}.log`), output)
  return { ...ended, output }
}

function whole({ code, output }: Ended): Outcome {
  return { tally: code === 0 ? onePassed : oneFailed, words: output }
}

function missing(config: string): Outcome {
  return { tally: oneFailed, words: `${config} is missing, so nothing was checked.` }
}

/** The report of an earlier run must not be taken for this one's. */
function freshReport(name: string): string {
  const file = join(reportsDir, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

function countSources(folder: string): number {
  if (!existsSync(folder)) return 0
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name)).length
}
