import { describe, expect, it } from 'vitest'
import { assert } from '#kit/assert'
import { type NodeId, nodeId } from '#kit/ids'
import { noOwnAssertion, runScenario } from './run.ts'
import { type AimedFault, calmWeather, type Scenario, type ScenarioFault } from './scenario.ts'
import type { Moment, NodeHands, Program, Subject } from './subject.ts'

const [n1, n2] = ['n1', 'n2'].map(nodeId) as [NodeId, NodeId]

/** Each node counts its beats, keeps the count, tells it to the other, and shows the largest it knows of. */
type CounterWords = { readonly message: number; readonly view: CounterView; readonly note: string }
interface CounterView {
  readonly id: NodeId
  readonly own: number
  readonly seen: number
}

class Counter implements Program<CounterWords> {
  readonly #hands: NodeHands<CounterWords>
  #own: number
  #seen = 0

  constructor(hands: NodeHands<CounterWords>) {
    this.#hands = hands
    this.#own = hands.store.view().get('counter', 'own')?.[0] ?? 0
    hands.clock.every(hands.scenario.tickMs, () => this.#beat())
  }

  get view(): CounterView {
    return { id: this.#hands.id, own: this.#own, seen: this.#seen }
  }

  receive(_: NodeId, count: number): void {
    this.#seen = Math.max(this.#seen, count)
  }

  setFaults(): void {}

  #beat(): void {
    this.#own += 1
    this.#hands.store.transaction((tx) => tx.put('counter', 'own', new Uint8Array([this.#own])))
    for (const peer of this.#hands.scenario.nodes) if (peer !== this.#hands.id) this.#hands.send(peer, this.#own)
  }
}

const right: Subject<CounterWords> = {
  name: 'counter',
  faultKinds: [],
  always: [],
  eventually: [],
  sometimes: [],
  drawSettings: () => ({}),
  ticksOfCalmMax: () => 20,
  boot: (hands) => new Counter(hands),
}

function scenarioOf(faults: readonly ScenarioFault[], more: Partial<Scenario> = {}): Scenario {
  return {
    core: 'counter',
    seed: 'run',
    tickMs: 10,
    nodes: [n1, n2],
    settings: {},
    weather: calmWeather,
    ticksOfTrouble: 30,
    ticksOfCalmMax: 20,
    faults,
    absentInCalm: [],
    ...more,
  }
}

/** What each tick showed, as `own of n1/n1 of n2` with a dash for a node that is down. */
function shown(faults: readonly ScenarioFault[], more: Partial<Scenario> = {}): string[] {
  const lines: string[] = []
  // Something is owed to the end, so that the calm is played too.
  const subject = { ...right, eventually: [{ name: 'rest', steadyTicks: () => 99, missing: () => null }] }
  runScenario(subject, scenarioOf(faults, more), ({ views }) => {
    lines.push([n1, n2].map((id) => views.find((view) => view.id === id)?.own ?? '-').join('/'))
  })
  return lines
}

describe('a run', () => {
  it('gives every node one beat a tick, from the tick after it booted', () => {
    expect(shown([]).slice(0, 4)).toEqual(['0/0', '1/1', '2/2', '3/3'])
  })

  it('kill: a node is down for as long as the fault says, and goes on from its disk', () => {
    const lines = shown([{ at: 3, ticks: 2, fault: { kind: 'kill', node: n1 } }])
    expect(lines.slice(2, 8)).toEqual(['2/2', '-/3', '-/4', '2/5', '3/6', '4/7'])
  })

  it('pause: a node stands still, is given what came meanwhile, and does not make up for lost beats', () => {
    const fault = { at: 3, ticks: 3, fault: { kind: 'pause', node: n1 } } as const
    expect(shown([fault]).slice(2, 8)).toEqual(['2/2', '2/3', '2/4', '2/5', '3/6', '4/7'])
    const received: number[] = []
    runScenario(right, scenarioOf([fault]), (moment) => {
      received.push(moment.received.filter(({ to }) => to === n1).length)
    })
    expect(received.slice(2, 8)).toEqual([1, 0, 0, 0, 4, 1])
  })

  it('slow-disk: what is written is shown and said when it has arrived, and not before', () => {
    const fault = { at: 3, ticks: 1, fault: { kind: 'slow-disk', node: n1, ms: 30 } } as const
    expect(shown([fault]).slice(2, 8)).toEqual(['2/2', '2/3', '2/4', '2/5', '4/6', '5/7'])
    const said: number[] = []
    runScenario(right, scenarioOf([fault]), ({ sent }) => {
      said.push(...sent.filter(({ from }) => from === n1).map(({ message }) => message))
    })
    expect(said.slice(0, 5)).toEqual([1, 2, 3, 4, 5])
  })

  it('slow-disk and kill: a write that had not arrived is gone, and what was to follow it is never said', () => {
    const lost: boolean[] = []
    const said: number[] = []
    const faults: ScenarioFault[] = [
      { at: 3, ticks: 1, fault: { kind: 'slow-disk', node: n1, ms: 30 } },
      { at: 5, ticks: 2, fault: { kind: 'kill', node: n1 } },
    ]
    runScenario(right, scenarioOf(faults), ({ crashes, sent }) => {
      lost.push(...crashes.map(({ isWriteLost }) => isWriteLost))
      said.push(...sent.filter(({ from }) => from === n1).map(({ message }) => message))
    })
    expect(lost).toEqual([true])
    expect(said.slice(0, 4)).toEqual([1, 2, 3, 4])
    expect(shown(faults).slice(6, 9)).toEqual(['-/6', '2/7', '3/8'])
  })

  it.each([
    { isKept: true, own: 4 },
    { isKept: false, own: 3 },
  ])('blink: power goes at the n-th write, before anyone hears of it (kept: $isKept)', ({ isKept, own }) => {
    const blink: ScenarioFault = { at: null, ticks: 2, fault: { kind: 'blink', node: n1, nthWrite: 4, isKept } }
    const said: number[] = []
    runScenario(right, scenarioOf([blink]), ({ sent, tick }) => {
      if (tick < 6) said.push(...sent.filter(({ from }) => from === n1).map(({ message }) => message))
    })
    expect(said).toEqual([1, 2, 3])
    expect(shown([blink]).slice(4, 8)).toEqual(['-/4', '-/5', `${own}/6`, `${own + 1}/7`])
  })

  it('lost-tail: what had returned is gone, and the program is told so if the mark outlived', () => {
    const boots: { damage: string; setAsideCount: number; own: number }[] = []
    const careful: Subject<CounterWords> = {
      ...right,
      boot: (hands) => {
        const { damage, setAsideCount } = hands
        const program = new Counter(damage === 'found' ? { ...hands, store: hands.setAside() } : hands)
        if (hands.id === n1) boots.push({ damage, setAsideCount, own: program.view.own })
        return program
      },
    }
    const lost = { kind: 'lost-tail', node: n1, nthWrite: 4, writes: 2 } as const
    const play = (faults: readonly AimedFault['fault'][]) => {
      boots.length = 0
      const { verdict } = runScenario(
        careful,
        scenarioOf(faults.map((fault) => ({ at: null, ticks: 2, fault }) as const)),
      )
      expect(verdict).toEqual({ kind: 'passed' })
      return [...boots]
    }
    const born = { damage: 'none', setAsideCount: 0, own: 0 }
    const found = { damage: 'found', setAsideCount: 0, own: 0 }
    expect(play([{ ...lost, isNoticed: false }])).toEqual([born, { damage: 'none', setAsideCount: 0, own: 1 }])
    expect(play([{ ...lost, isNoticed: true }])).toEqual([born, found])
    const later = { kind: 'blink', node: n1, nthWrite: 7, isKept: true } as const
    expect(play([{ ...lost, isNoticed: true }, later])).toEqual([
      born,
      found,
      { damage: 'none', setAsideCount: 1, own: 3 },
    ])
  })

  it('bit-flip: a program that reads the row is refused, and one that does not goes on', () => {
    const flip = { at: null, ticks: 1, fault: { kind: 'bit-flip', node: n1, nthWrite: 4, row: 0 } } as const
    const blink = { at: null, ticks: 1, fault: { kind: 'blink', node: n1, nthWrite: 4, isKept: true } } as const
    expect(shown([flip])).toEqual(shown([]))
    const { verdict } = runScenario(right, scenarioOf([flip, blink]))
    expect(verdict).toMatchObject({
      kind: 'failed',
      property: noOwnAssertion,
      detail: expect.stringMatching(/StoreFailure/),
    })
  })

  it('cut: nothing goes that way, everything goes the other way', () => {
    const fault = { at: 0, ticks: 30, fault: { kind: 'cut', from: [n1], to: [n2], both: false } } as const
    let last: readonly CounterView[] = []
    runScenario(right, scenarioOf([fault]), ({ views, isCalm }) => {
      if (!isCalm) last = [...views]
    })
    expect(last.map(({ seen }) => seen)).toEqual([28, 0])
  })

  it('calm ends every fault, also one that carries a later end, but leaves out who is to be absent', () => {
    const fault = { at: 5, ticks: 500, fault: { kind: 'kill', node: n1 } } as const
    expect(shown([fault]).slice(28, 33)).toEqual(['-/28', '-/29', '4/30', '5/31', '6/32'])
    expect(shown([], { absentInCalm: [n2] }).slice(28, 32)).toEqual(['28/28', '29/29', '30/-', '31/-'])
  })

  it('gives the same hash for the same scenario, and another for another seed', () => {
    const windy = { weather: { latencyTicks: 1, jitterTicks: 5, lossPercent: 20, copyPercent: 20 } }
    const hash = (seed: string) => runScenario(right, scenarioOf([], { ...windy, seed })).hash
    expect(hash('a')).toBe(hash('a'))
    expect(hash('a')).not.toBe(hash('b'))
  })
})

describe('a verdict', () => {
  const verdict = (subject: Subject<CounterWords>, scenario = scenarioOf([])) => runScenario(subject, scenario).verdict

  it('always: names the first property that broke, and when', () => {
    const name = 'nobody counts to seven'
    const check = ({ views }: Moment<CounterWords>) => (views.some(({ own }) => own === 7) ? 'seven' : null)
    const subject = { ...right, always: [{ name, start: () => check }] }
    expect(verdict(subject)).toEqual({ kind: 'failed', property: name, tick: 7, detail: 'seven' })
  })

  it('eventually: is owed in calm only, and must last', () => {
    const eventually = (name: string, holds: (moment: Moment<CounterWords>) => boolean) => ({
      ...right,
      eventually: [
        { name, steadyTicks: () => 5, missing: (moment: Moment<CounterWords>) => (holds(moment) ? null : 'not yet') },
      ],
    })
    expect(verdict(eventually('calm', ({ isCalm }) => isCalm))).toEqual({ kind: 'passed' })
    expect(verdict(eventually('never', () => false))).toMatchObject({ property: 'never', tick: 50, detail: 'not yet' })
    const now = eventually('now and then', ({ tick }) => tick % 4 !== 0)
    expect(verdict(now)).toMatchObject({ kind: 'failed', property: 'now and then' })
  })

  it('sometimes: is told once for each place that was reached', () => {
    const sometimes = [
      {
        name: 'ten',
        start:
          () =>
          ({ tick }: Moment<CounterWords>) =>
            tick >= 10,
      },
      { name: 'never', start: () => () => false },
    ]
    expect(runScenario({ ...right, sometimes }, scenarioOf([])).reached).toEqual(['ten'])
  })

  it('a program that dies of its own assertion is a finding', () => {
    const subject: Subject<CounterWords> = {
      ...right,
      boot: (hands) => {
        hands.clock.after(50, () => assert(false, 'impossible'))
        return new Counter(hands)
      },
    }
    expect(verdict(subject)).toMatchObject({ property: noOwnAssertion, tick: 5, detail: 'InvariantError: impossible' })
  })

  it('remembers nothing of an earlier run', () => {
    const subject: Subject<CounterWords> = {
      ...right,
      always: [
        {
          name: 'twice',
          start() {
            let ticks = 0
            return () => {
              ticks += 1
              return ticks > 50 ? 'a second run in one memory' : null
            }
          },
        },
      ],
    }
    for (let runs = 0; runs < 3; runs += 1) expect(verdict(subject)).toEqual({ kind: 'passed' })
  })

  it('luck of one link does not depend on what happens on another', () => {
    const weather = { latencyTicks: 1, jitterTicks: 8, lossPercent: 30, copyPercent: 30 }
    const n3 = nodeId('n3')
    const seenBy2 = (faults: readonly ScenarioFault[]) => {
      const lines: string[] = []
      runScenario(right, scenarioOf(faults, { nodes: [n1, n2, n3], weather }), ({ received, tick, isCalm }) => {
        for (const { from, to, message } of received)
          if (from === n1 && to === n2 && !isCalm) lines.push(`${tick} ${message}`)
      })
      return lines
    }
    const fault = { at: 3, ticks: 20, fault: { kind: 'cut', from: [n3], to: [n1, n2], both: true } } as const
    expect(seenBy2([fault])).toEqual(seenBy2([]))
    expect(seenBy2([]).length).toBeGreaterThan(10)
  })
})
