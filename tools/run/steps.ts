/** Runs the steps of a check: a few at a time, one line each, everything a failing step said below its line. */

import { availableParallelism } from 'node:os'
import { describe, oneFailed, sum, type Tally } from './tally.ts'

export interface Outcome {
  readonly tally: Tally
  /** Shown when something failed. */
  readonly words: string
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
    const work: Promise<void> = runStep(next, print).then((tally) => {
      tallies.push(tally)
      running.delete(work)
    })
    running.add(work)
    if (next.alone) await work
  }
  return sum(tallies)
}

async function runStep(step: Step, print: Manner['print']): Promise<Tally> {
  const startedAt = performance.now()
  const { tally, words } = await step.run().catch(brokenStep)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const isWhole = tally.passed + tally.failed + tally.skipped === 1
  print(`${tally.failed > 0 ? '✘' : '✔'} ${step.name}${isWhole ? '' : `: ${describe(tally)}`} (${seconds} s)`)
  if (tally.failed > 0) print(lastLines(words))
  return tally
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
