/** Runs the steps of a check: a few at a time, one line each, everything a failing step said below its line. */

import { availableParallelism } from 'node:os'
import { describe, oneFailed, sum, type Tally } from './tally.ts'

export interface Outcome {
  readonly tally: Tally
  /** Shown when something failed. */
  readonly words: string
  /** Which of its tests failed, and why. A step that has none to name has failed itself. */
  readonly failures?: readonly string[]
}

export interface Step {
  readonly name: string
  /** A step that measures time or uses every core runs with no other beside it. */
  readonly alone: boolean
  readonly run: () => Promise<Outcome>
}

const lanesMax = 2
const linesShownMax = 300

export interface Manner {
  readonly lanes: number
  readonly print: (text: string) => void
}

const usual: Manner = { lanes: Math.min(lanesMax, availableParallelism()), print: (text) => console.log(text) }

export async function runSteps(steps: readonly Step[], { lanes, print }: Manner = usual): Promise<Tally> {
  const tallies: Tally[] = []
  const failures: string[] = []
  const waiting = [...steps]
  const running = new Set<Promise<void>>()
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting[0]
    const hasRoom = next?.alone ? running.size === 0 : running.size < lanes
    if (next === undefined || !hasRoom) {
      await Promise.race(running)
      continue
    }
    waiting.shift()
    const work: Promise<void> = runStep(next, print).then((outcome) => {
      tallies.push(outcome.tally)
      failures.push(...failuresOf(next, outcome))
      running.delete(work)
    })
    running.add(work)
    if (next.alone) await work
  }
  // Once more at the end: it must be found also where only the last lines of a long output were kept.
  for (const failure of failures) print(failure)
  return sum(tallies)
}

async function runStep(step: Step, print: Manner['print']): Promise<Outcome> {
  const startedAt = performance.now()
  const outcome = await step.run().catch(brokenStep)
  const { tally, words } = outcome
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const isWhole = tally.passed + tally.failed + tally.skipped === 1
  print(`${tally.failed > 0 ? '✘' : '✔'} ${step.name}${isWhole ? '' : `: ${describe(tally)}`} (${seconds} s)`)
  if (tally.failed > 0) print(lastLines(words))
  return outcome
}

function failuresOf({ name }: Step, { tally, failures = [] }: Outcome): readonly string[] {
  if (tally.failed === 0) return []
  return failures.length > 0 ? failures.map((failure) => `✘ ${name}: ${failure}`) : [`✘ ${name}`]
}

/** A step that cannot even run (no display, no disk) is one failure, and the steps after it still run. */
function brokenStep(error: unknown): Outcome {
  return { tally: oneFailed, words: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function lastLines(words: string): string {
  const lines = words.trimEnd().split('\n')
  if (lines.length <= linesShownMax) return lines.join('\n')
  return [`(${lines.length - linesShownMax} lines before)`, ...lines.slice(-linesShownMax)].join('\n')
}

export function isGood(tally: Tally): boolean {
  return tally.failed === 0 && tally.passed > 0
}
