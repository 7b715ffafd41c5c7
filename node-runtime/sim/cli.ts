import { readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type CampaignResult, type Failure, hunt, runCampaign } from './campaign.ts'
import { caseText, parseCase } from './case-file.ts'
import type { Case, Scenario } from './scenario.ts'
import { shrink } from './shrink.ts'
import type { Simulation } from './simulation.ts'
import { simulations } from './subjects/all.ts'

const help = `Plays a protocol in a world that is drawn from a seed.

npm run sim -- [--core raft] [--runs 300] [--seed 1]   many worlds; --seed alone plays that one world
npm run sim -- --core raft --bug NAME [--runs 2000]     looks for a planted bug (all: a table of all of them)
npm run sim -- --core raft --case FILE [--bug NAME]     plays a saved case, under its bug or against the right core
  --shrink [--save FILE]   makes the first failure as small as it gets, prints it, or saves it as a case
  --story                  tells what happened, line by line (with --case or one --seed)
  --json                   prints one JSON value instead of sentences

A tick stands for 10 ms of a real node. Ends with 1 if something failed that should not have.`

const options = {
  core: { type: 'string', default: 'raft' },
  runs: { type: 'string' },
  seed: { type: 'string' },
  case: { type: 'string' },
  bug: { type: 'string' },
  shrink: { type: 'boolean', default: false },
  save: { type: 'string' },
  story: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Wishes = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

process.exitCode = main(process.argv.slice(2))

function main(words: readonly string[]): number {
  let wishes: Wishes
  try {
    wishes = parseArgs({ args: [...words], options }).values
  } catch (error) {
    // A mistyped option is the caller's, and the usage is the answer.
    return refuse(error instanceof Error ? error.message : String(error))
  }
  const simulation = simulations.get(wishes.core)
  const runs = Number(wishes.runs ?? (wishes.bug !== undefined ? 2_000 : wishes.seed === undefined ? 300 : 1))
  if (wishes.help) console.log(help)
  if (wishes.help) return 0
  if (simulation === undefined) return refuse(`no core ${wishes.core}; there is: ${[...simulations.keys()].join(', ')}`)
  if (!Number.isInteger(runs) || runs < 1) return refuse('--runs is a whole number from 1')
  const bugNames = simulation.bugs.map(({ name }) => name)
  if (wishes.bug !== undefined && ![...bugNames, 'all'].includes(wishes.bug))
    return refuse(`no bug ${wishes.bug}; planted: ${bugNames.join(', ')}, all`)
  if (wishes.case !== undefined) return playCase(simulation, wishes, wishes.case)
  if (wishes.bug === 'all') return huntAll(simulation, wishes, runs)
  if (wishes.bug !== undefined) return huntOne(simulation, wishes, { bug: wishes.bug, runs })
  return campaign(simulation, wishes, runs)
}

function campaign(simulation: Simulation, wishes: Wishes, runs: number): number {
  const seed = wishes.seed ?? '1'
  const startMs = performance.now()
  const result = runCampaign(simulation, { seed, runs, bug: null, endsAtFailure: wishes.shrink })
  const wallMs = performance.now() - startMs
  if (wishes.story && runs === 1) tell(simulation, simulation.draw(seed), null)
  if (wishes.json) console.log(JSON.stringify(inNumbers(simulation, result, wallMs)))
  else inSentences(simulation, result, wallMs)
  const [first] = result.failures
  if (first !== undefined && wishes.shrink) shrinkAndShow(simulation, wishes, { ...first, bug: null })
  return result.failures.length === 0 ? 0 : 1
}

function inNumbers(simulation: Simulation, result: CampaignResult, wallMs: number): object {
  return {
    core: simulation.core,
    runs: result.runs,
    failed: result.failures.length,
    ticks: result.ticks,
    simulatedSeconds: Math.round(result.simulatedMs / 1000),
    wallSeconds: wallMs / 1000,
    secondsPerSecond: Math.round(result.simulatedMs / wallMs),
    reached: Object.fromEntries(result.reached),
    failures: result.failures.map(({ scenario, verdict }) => ({ seed: scenario.seed, ...verdict })),
  }
}

function inSentences(simulation: Simulation, result: CampaignResult, wallMs: number): void {
  for (const { scenario, verdict } of result.failures) {
    console.log(`seed ${scenario.seed}: ${sentence(verdict)}`)
    console.log(`replay:  npm run sim -- --core ${simulation.core} --seed ${scenario.seed}`)
  }
  console.log(
    `${simulation.core}: ${result.runs - result.failures.length} runs passed, ${result.failures.length} failed`,
  )
  for (const [name, count] of result.reached) console.log(`  ${String(count).padStart(7)} runs: ${name}`)
  const seconds = Math.round(result.simulatedMs / 1000)
  const speed = Math.round(result.simulatedMs / wallMs)
  console.log(`${result.ticks} ticks of 10 ms = ${seconds} simulated seconds in ${(wallMs / 1000).toFixed(1)} s`)
  console.log(`${speed} simulated seconds a second`)
}

function huntAll(simulation: Simulation, wishes: Wishes, runs: number): number {
  const finds = simulation.bugs.map(({ name }) => hunt(simulation, name, { seed: wishes.seed ?? '1', seedsMax: runs }))
  if (wishes.json)
    console.log(JSON.stringify(finds.map(({ scenario, ...find }) => ({ ...find, seed: scenario?.seed }))))
  else
    for (const { bug, property, seeds, tick } of finds) {
      const found = seeds === null ? `not found in ${runs} seeds` : `found after ${seeds} seeds, at tick ${tick}`
      console.log(`${bug.padEnd(28)} ${found.padEnd(36)} ${property}`)
    }
  return finds.every(({ seeds }) => seeds !== null) ? 0 : 1
}

/** Finding a bug that was planted is what was hoped for: it ends with 0. */
function huntOne(simulation: Simulation, wishes: Wishes, { bug, runs }: { bug: string; runs: number }): number {
  const { seeds, scenario } = hunt(simulation, bug, { seed: wishes.seed ?? '1', seedsMax: runs })
  const verdict = scenario === null ? null : simulation.run(scenario, bug).verdict
  if (scenario === null || verdict?.kind !== 'failed') {
    console.log(`${bug}: not found in ${runs} seeds`)
    return 1
  }
  console.log(`${bug}: found after ${seeds} seeds, by "${verdict.property}"`)
  if (wishes.story) tell(simulation, scenario, bug)
  if (wishes.shrink) shrinkAndShow(simulation, wishes, { scenario, verdict, bug })
  else console.log(sentence(verdict))
  return 0
}

function playCase(simulation: Simulation, wishes: Wishes, file: string): number {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
  const read = parseCase(text)
  if (!read.ok) return refuse(`${file}: ${read.failure.message}`)
  if (read.value.scenario.core !== simulation.core) return refuse(`${file} is a case of ${read.value.scenario.core}`)
  const { verdict } = simulation.run(read.value.scenario, wishes.bug ?? null)
  if (wishes.story) tell(simulation, read.value.scenario, wishes.bug ?? null)
  if (wishes.json) console.log(JSON.stringify(verdict))
  else console.log(verdict.kind === 'passed' ? `passed. It once broke: ${read.value.broke}` : sentence(verdict))
  return verdict.kind === 'passed' ? 0 : 1
}

interface Found {
  readonly scenario: Scenario
  readonly verdict: Failure
  readonly bug: string | null
}

function shrinkAndShow(simulation: Simulation, wishes: Wishes, { scenario, verdict, bug }: Found): void {
  const shrunk = shrink(scenario, verdict, {
    run: (candidate) => simulation.run(candidate, bug),
    plain: simulation.plain,
  })
  const smaller = `${scenario.faults.length} faults to ${shrunk.scenario.faults.length}`
  console.log(`${sentence(shrunk.verdict)}\nshrunk in ${shrunk.attempts} runs: ${smaller}`)
  const value: Case = { broke: shrunk.verdict.detail, property: verdict.property, bug, scenario: shrunk.scenario }
  if (wishes.save === undefined) {
    console.log(caseText(value))
    return
  }
  writeFileSync(wishes.save, caseText(value))
  const root = resolve(fileURLToPath(import.meta.url), '../../..')
  const underBug = bug === null ? '' : ` --bug ${bug}`
  const path = relative(root, resolve(wishes.save))
  console.log(`replay:  npm run sim -- --core ${simulation.core} --case ${path}${underBug}`)
}

function tell(simulation: Simulation, scenario: Scenario, bug: string | null): void {
  for (const line of simulation.tell(scenario, bug)) console.log(line)
}

function sentence({ property, tick, detail }: Failure): string {
  return `"${property}" broke at tick ${tick}: ${detail}`
}

function refuse(why: string): number {
  console.error(`${why}\n\n${help}`)
  return 1
}
