import { drawScenario } from './draw.ts'
import { noOwnAssertion, type RunResult, runScenario } from './run.ts'
import type { Scenario } from './scenario.ts'
import type { Moment, PlantedBug, Subject, Words } from './subject.ts'

/** A protocol ready to be played. What its words are stays inside, so that one engine can hold them all. */
export interface Simulation {
  readonly core: string
  /** Names of what must hold. For each there is a planted bug. */
  readonly properties: readonly string[]
  /** Names of the rare places that must not stay unvisited. */
  readonly sometimes: readonly string[]
  readonly bugs: readonly { readonly name: string; readonly property: string }[]
  draw(seed: string): Scenario
  /** Settings with which a world has less to it. */
  readonly plain: Readonly<Record<string, number>>
  /** With the name of a planted bug, or null for the right core. */
  run(scenario: Scenario, bug: string | null): RunResult
  /** Plays it and tells what was said and noted, line by line. */
  tell(scenario: Scenario, bug: string | null): readonly string[]
}

export function simulationOf<W extends Words>(subject: Subject<W>, bugs: readonly PlantedBug<W>[]): Simulation {
  const play = (scenario: Scenario, bug: string | null, watch?: (moment: Moment<W>) => void): RunResult => {
    if (bug === null) return runScenario(subject, scenario, watch)
    const planted = bugs.find(({ name }) => name === bug)
    if (planted === undefined) throw new RangeError(`${subject.name} has no planted bug ${bug}`)
    const run = (): RunResult => runScenario(judgedBy(planted), scenario, watch)
    return planted.around === undefined ? run() : planted.around(run)
  }
  return {
    core: subject.name,
    properties: [...subject.always, ...subject.eventually].map(({ name }) => name).concat(noOwnAssertion),
    sometimes: subject.sometimes.map(({ name }) => name),
    bugs: bugs.map(({ name, property }) => ({ name, property })),
    plain: subject.plainSettings ?? {},
    draw: (seed) => drawScenario(subject, seed),
    run: play,
    tell: (scenario, bug) => {
      const lines: string[] = []
      play(scenario, bug, (moment) => {
        const say = (line: string): unknown => lines.push(`${moment.tick}: ${line}`)
        for (const node of moment.boots) say(`${node} boots`)
        for (const { from, to, message } of moment.sent) say(`${from} -> ${to} ${textOf(message)}`)
        for (const { node, note } of moment.notes) say(`${node} ${textOf(note)}`)
        for (const { node, isWriteLost } of moment.crashes)
          say(`${node} loses power${isWriteLost ? ' and a write' : ''}`)
        for (const { node, detail } of moment.anomalies) say(`${node} complains: ${detail}`)
      })
      return lines
    },
  }
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? `${part.length} bytes` : part))
}

/** A bug may break several properties one after the other; only the one that is meant for it is asked. */
function judgedBy<W extends Words>({ property, subject, isJudgedInCalm }: PlantedBug<W>): Subject<W> {
  return {
    ...subject,
    always: subject.always.filter(({ name }) => name === property),
    eventually: subject.eventually.filter(({ name }) => isJudgedInCalm === true || name === property),
  }
}
