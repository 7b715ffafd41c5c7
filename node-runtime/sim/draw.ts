import type { Fault, FaultKind } from '#contract/worker/faults'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { AimedFault, Scenario, ScenarioFault, Weather } from './scenario.ts'
import type { DiskFault, Subject, Words } from './subject.ts'

const tickMs = 10

const budget = {
  faultsMax: [6, 12, 30],
  ticksOfTroubleMin: 100,
  ticksOfTroubleSpread: 500,
  /** A node that is back before anyone noticed is the nastiest kind; next comes one that is back as others give up. */
  faultTicksMax: [4, 4, 30, 120],
  delayTicksMax: 80,
  /** Early writes are those of elections; a log goes on writing. */
  nthWriteMax: [14, 14, 60, 250],
  /** A log writes for as long as it is used, and each of its writes can be the one that is struck. */
  struckWriteMax: [14, 60, 250],
  lostWritesMax: 8,
  rowMax: 16,
} as const

/** Three is drawn most: it is what people run. One and two have corners of their own. */
const sizes = [1, 2, 3, 3, 3, 4, 5, 5, 7] as const

/**
 * Draws a whole world from a seed. Kinds of fault are left out by the toss of a coin, and so is each part of the
 * weather: a run without crashes reaches places that a run with a bit of everything does not.
 */
export function drawScenario<W extends Words>(subject: Subject<W>, seed: string): Scenario {
  const random = new Random(seed).fork('draw')
  const nodes = Array.from({ length: random.pick(sizes) }, (_, index) => nodeId(`n${index + 1}`))
  const ticksOfTrouble = budget.ticksOfTroubleMin + random.below(budget.ticksOfTroubleSpread)
  const settings = subject.drawSettings(random.fork('settings'))
  return {
    core: subject.name,
    seed,
    tickMs,
    nodes,
    settings,
    weather: drawWeather(random.fork('weather')),
    ticksOfTrouble,
    ticksOfCalmMax: subject.ticksOfCalmMax(settings),
    faults: drawFaults({
      random: random.fork('faults'),
      nodes,
      ticksOfTrouble,
      kinds: [...subject.faultKinds, 'blink', ...(subject.diskFaults ?? [])],
    }),
    absentInCalm: drawAbsent(random.fork('absent'), nodes),
  }
}

function drawWeather(random: Random): Weather {
  return {
    // Above the timeouts of the nodes no reign lasts, and words of earlier terms arrive in the middle of later ones.
    latencyTicks: 1 + random.below(random.pick([4, 4, 16])),
    jitterTicks: random.chance(1, 2) ? 0 : random.below(random.pick([6, 12, 50])),
    lossPercent: random.chance(1, 2) ? 0 : random.below(25),
    copyPercent: random.chance(1, 2) ? 0 : random.below(80),
  }
}

/** At most a minority stays away, so that those who are left can still decide. */
function drawAbsent(random: Random, nodes: readonly NodeId[]): readonly NodeId[] {
  if (random.chance(2, 3)) return []
  const minority = Math.ceil(nodes.length / 2) - 1
  return nodes.slice(0, random.below(minority + 1))
}

interface FaultPlan {
  readonly random: Random
  readonly nodes: readonly NodeId[]
  readonly ticksOfTrouble: number
  readonly kinds: readonly (FaultKind | AimedKind)[]
}

type AimedKind = 'blink' | DiskFault

function drawFaults({ random, nodes, ticksOfTrouble, kinds }: FaultPlan): readonly ScenarioFault[] {
  const linked: readonly string[] = ['cut', 'delay', 'loss', 'duplicate']
  const possible = kinds.filter((kind) => nodes.length > 1 || !linked.includes(kind))
  const drawn = random.chance(1, 2)
    ? possible.filter(() => random.chance(1, 2))
    : [random.pick(possible), random.pick(possible)]
  if (drawn.length === 0) return []
  return Array.from({ length: random.below(random.pick(budget.faultsMax) + 1) }, (): ScenarioFault => {
    const kind = random.pick(drawn)
    const at = random.below(ticksOfTrouble)
    const ticks = 1 + random.below(random.pick(budget.faultTicksMax))
    return isAimed(kind)
      ? { at: null, ticks, fault: drawAimed(kind, nodes, random) }
      : { at, ticks, fault: drawFault(kind, nodes, random) }
  })
}

function isAimed(kind: FaultKind | AimedKind): kind is AimedKind {
  return kind === 'blink' || kind === 'bit-flip' || kind === 'lost-tail' || kind === 'unnoticed-lost-tail'
}

function drawAimed(kind: AimedKind, nodes: readonly NodeId[], random: Random): AimedFault['fault'] {
  const nthWrite = 1 + random.below(random.pick(kind === 'blink' ? budget.nthWriteMax : budget.struckWriteMax))
  const node = random.pick(nodes)
  if (kind === 'blink') return { kind, node, nthWrite, isKept: random.chance(1, 2) }
  if (kind === 'bit-flip') return { kind, node, nthWrite, row: random.below(budget.rowMax) }
  const writes = 1 + random.below(budget.lostWritesMax)
  return { kind: 'lost-tail', node, nthWrite, writes, isNoticed: kind === 'lost-tail' }
}

function drawFault(kind: FaultKind, nodes: readonly NodeId[], random: Random): Fault {
  switch (kind) {
    case 'kill':
    case 'pause':
    case 'full-disk':
      return { kind, node: random.pick(nodes) }
    case 'skew':
      return { kind, node: random.pick(nodes), ms: random.below(20_000) - 10_000 }
    case 'slow-disk':
      return { kind, node: random.pick(nodes), ms: tickMs * (1 + random.below(12)) }
    case 'cut':
      return { kind, ...drawSides(nodes, random), both: random.chance(1, 2) }
    case 'delay':
      return {
        kind,
        ...drawLink(nodes, random),
        ms: tickMs * random.below(budget.delayTicksMax),
        jitterMs: tickMs * random.below(20),
      }
    case 'loss':
    case 'duplicate':
      return { kind, ...drawLink(nodes, random), percent: random.pick([30, 60, 100]) }
  }
}

/** Each node on one side or the other, and at least one on each. */
function drawSides(nodes: readonly NodeId[], random: Random): { from: NodeId[]; to: NodeId[] } {
  const first = random.pick(nodes)
  const from = nodes.filter((node) => node === first || random.chance(1, 2))
  const to = nodes.filter((node) => !from.includes(node))
  if (to.length > 0) return { from, to }
  return { from: [first], to: nodes.filter((node) => node !== first) }
}

function drawLink(nodes: readonly NodeId[], random: Random): { from: NodeId; to: NodeId } {
  const from = random.pick(nodes)
  return { from, to: random.pick(nodes.filter((node) => node !== from)) }
}
