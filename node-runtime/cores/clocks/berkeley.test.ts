import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import type { BerkeleyMessage, BerkeleyOutput } from './berkeley-messages.ts'
import { config, Machine, n1, n2, n3, tickMs } from './testing/berkeley-group.ts'

/** n1, which coordinates three and has just polled the two others; and the number of its round. */
function polling(localMs = 10_000): { machine: Machine; round: number } {
  const machine = new Machine(n1, localMs)
  machine.take(n1)
  return { machine, round: roundOf(machine.tick()) }
}

function roundOf({ messages }: BerkeleyOutput): number {
  const [first] = messages
  if (first?.message.kind !== 'poll') throw new Error('it did not poll')
  return first.message.round
}

/** n2, which follows n1 and answered its poll. */
function polled(localMs: number): Machine {
  const machine = new Machine(n2, localMs)
  machine.take(n1)
  machine.hear(n1, { kind: 'poll', round: 7 })
  return machine
}

function adjust(byMs: number, round = 7): BerkeleyMessage {
  return { kind: 'adjust', round, byMs, errorMs: 5 }
}

function corrections({ messages }: BerkeleyOutput): Record<string, number> {
  return Object.fromEntries(messages.map(({ to, message }) => [to, message.kind === 'adjust' ? message.byMs : NaN]))
}

describe('Berkeley: who polls and when', () => {
  it('BK1 nobody polls who is not the coordinator, and only its coordinator is answered', () => {
    const machine = new Machine(n2, 0)
    expect(machine.tick(100).messages).toEqual([])
    machine.take(n1)
    expect(machine.tick(100).messages).toEqual([])
    expect(machine.hear(n3, { kind: 'poll', round: 1 }).messages).toEqual([])
    expect(machine.hear(n1, { kind: 'poll', round: 1 }).messages).toHaveLength(1)
  })

  it('BK1 takes no correction of one who is not its coordinator any more', () => {
    const machine = polled(0)
    machine.take(n3)
    machine.hear(n1, adjust(50))
    machine.take(n1)
    machine.hear(n1, adjust(50))
    expect(machine.view).toMatchObject({ slewLeftMs: 0, errorMs: null })
  })

  it('BK1 a round ends unfinished when its coordinator is another', () => {
    const { machine, round } = polling()
    machine.take(n2)
    machine.take(n1)
    for (const peer of [n2, n3])
      expect(machine.hear(peer, { kind: 'time', round, timeMs: 0 })).toMatchObject({ messages: [], notes: [] })
  })

  it('BK1 who coordinates no more has no round to show', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round, timeMs: 90_000 })
    machine.hear(n3, { kind: 'time', round, timeMs: 10_000 })
    expect(machine.view).toMatchObject({ takenPart: 3, outliers: [n2] })
    machine.take(n2)
    expect(machine.view).toMatchObject({ takenPart: null, outliers: [] })
  })

  it('BK2 polls all at its first tick as coordinator, and again when it is time', () => {
    const { machine, round } = polling()
    expect(machine.tick(config.pollTicks - 1).messages).toEqual([])
    expect(machine.tick().messages).toEqual([
      { to: n2, message: { kind: 'poll', round: round + 1 } },
      { to: n3, message: { kind: 'poll', round: round + 1 } },
    ])
  })

  it('BK2 has nobody to poll when it is alone', () => {
    const machine = new Machine(n1, 0, { members: [n1] })
    machine.take(n1)
    expect(machine.tick(100)).toMatchObject({ messages: [], notes: [] })
  })

  it('BK3 wants a poll after so many messages, and tells its coordinator', () => {
    const machine = new Machine(n2, 0)
    expect(machine.count(config.messagesPerPoll).messages).toEqual([])
    machine.take(n1)
    expect(machine.count(config.messagesPerPoll - 1).messages).toEqual([])
    expect(machine.count(1).messages).toEqual([{ to: n1, message: { kind: 'poll-wanted' } }])
    expect(machine.count(config.messagesPerPoll - 1).messages).toEqual([])
  })

  it.each([
    ['its own messages', (machine: Machine) => machine.count(config.messagesPerPoll)],
    ['another node', (machine: Machine) => machine.hear(n2, { kind: 'poll-wanted' })],
  ])('BK3 polls early when %s want it, and not sooner than it may', (_, want) => {
    const { machine, round } = polling()
    for (const peer of [n2, n3]) machine.hear(peer, { kind: 'time', round, timeMs: 10_000 })
    want(machine)
    expect(machine.tick(config.pollTicksMin - 1).messages).toEqual([])
    expect(roundOf(machine.tick())).toBe(round + 1)
    expect(machine.tick(config.pollTicks - 1).messages).toEqual([])
  })

  it('BK3 a wanted poll waits for the end of the round under way', () => {
    const { machine, round } = polling()
    machine.count(config.messagesPerPoll)
    expect(machine.tick(config.pollWaitTicks).messages).toEqual([])
    expect(roundOf(machine.tick())).toBe(round + 1)
  })
})

describe('Berkeley: answers and rounds', () => {
  it('BK4 answers with the time that it is going to, each poll once', () => {
    const machine = polled(1_000)
    machine.hear(n1, adjust(40))
    expect(machine.view).toMatchObject({ correctedMs: 1_000, slewLeftMs: 40 })
    expect(machine.hear(n1, { kind: 'poll', round: 8 }).messages).toEqual([
      { to: n1, message: { kind: 'time', round: 8, timeMs: 1_040 } },
    ])
    for (const round of [8, 7]) expect(machine.hear(n1, { kind: 'poll', round }).messages).toEqual([])
  })

  it('BK5 allows for half of the round trip', () => {
    const { machine, round } = polling(10_000)
    machine.pass(40)
    machine.hear(n2, { kind: 'time', round, timeMs: 10_000 + tickMs + 20 })
    machine.pass(20)
    const output = machine.hear(n3, { kind: 'time', round, timeMs: 10_000 + tickMs + 30 })
    expect(corrections(output)).toEqual({ n2: 0, n3: 0 })
    expect(output.messages[0]?.message).toMatchObject({ errorMs: 22 })
    expect(output.messages[1]?.message).toMatchObject({ errorMs: 32 })
  })

  it('BK5 is not led astray when its own clock is set in the middle of a round', () => {
    const { machine, round } = polling(10_000)
    machine.pass(20)
    machine.localMs += 5_000
    for (const peer of [n2, n3])
      expect(machine.hear(peer, { kind: 'time', round, timeMs: 10_000 + tickMs + 10 }).anomaly).toBeNull()
    expect(machine.view).toMatchObject({ slewLeftMs: 5_000, takenPart: 3, outliers: [] })
    expect(machine.view.errorMs).toBeGreaterThanOrEqual(5_000)
  })

  it('BK5 counts the first answer of each, and none to another round', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round: round - 1, timeMs: 0 })
    machine.hear(n2, { kind: 'time', round, timeMs: 10_040 })
    expect(machine.hear(n2, { kind: 'time', round, timeMs: 0 }).messages).toEqual([])
    expect(corrections(machine.hear(n3, { kind: 'time', round, timeMs: 10_010 }))).toEqual({ n2: -20, n3: 10 })
  })

  it('BK6 leaves outliers out of the mean, and BK7 corrects them too', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round, timeMs: 10_050 })
    const output = machine.hear(n3, { kind: 'time', round, timeMs: 99_999 })
    expect(corrections(output)).toEqual({ n2: -20, n3: -89_969 })
    expect(machine.view).toMatchObject({ slewLeftMs: 20, takenPart: 3, outliers: [n3] })
  })

  it('BK6 tells outliers from the clock in the middle, whoever answered first; at the bound a clock still counts', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round, timeMs: 15_010 })
    expect(corrections(machine.hear(n3, { kind: 'time', round, timeMs: 10_110 }))).toEqual({ n2: -4_950, n3: -50 })
    expect(machine.view.outliers).toEqual([n2])
  })

  it('BK6 the coordinator itself may be the outlier', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round, timeMs: 20_000 })
    const output = machine.hear(n3, { kind: 'time', round, timeMs: 20_002 })
    expect(corrections(output)).toEqual({ n2: 1, n3: -1 })
    expect(machine.view.outliers).toEqual([n1])
  })

  it('BK6 does not wait for ever', () => {
    const { machine, round } = polling(10_000)
    machine.hear(n2, { kind: 'time', round, timeMs: 10_010 })
    expect(machine.tick(config.pollWaitTicks - 1).messages).toEqual([])
    const output = machine.tick()
    expect(corrections(output)).toEqual({ n2: 0 })
    expect(output.notes).toContainEqual({ kind: 'clocks-compared', takenPart: 2, outliers: [], unheard: [n3] })
    expect(machine.hear(n3, { kind: 'time', round, timeMs: 0 }).messages).toEqual([])
  })

  it('BK7 a round that nobody answered changes nothing', () => {
    const { machine } = polling()
    const { messages } = machine.tick(config.pollWaitTicks)
    expect(messages).toEqual([])
    expect(machine.view).toMatchObject({ takenPart: 1, errorMs: null, lastSyncTicksAgo: null, slewLeftMs: 0 })
  })

  it('BK8 a correction counts once, and for the last answered poll only', () => {
    const machine = polled(0)
    machine.hear(n1, { kind: 'poll', round: 8 })
    machine.hear(n1, adjust(30))
    expect(machine.view.slewLeftMs).toBe(0)
    machine.hear(n1, adjust(30, 8))
    machine.hear(n1, adjust(30, 8))
    expect(machine.view.slewLeftMs).toBe(30)
  })
})

describe('Berkeley: the corrected clock', () => {
  it('BK9 is slewed forward, so much at each tick and no more', () => {
    const machine = polled(0)
    machine.hear(n1, adjust(5))
    const seen = [1, 2, 3, 4].map(() => {
      machine.tick()
      return machine.view.correctedMs
    })
    expect(seen).toEqual([12, 24, 35, 45])
    expect(machine.view).toMatchObject({ offsetMs: 5, slewLeftMs: 0 })
  })

  it('BK9 is slewed back without ever going back, however far and however fast', () => {
    const machine = new Machine(n2, 10_000, { slewMsPerTick: 50 })
    machine.take(n1)
    machine.hear(n1, { kind: 'poll', round: 7 })
    machine.hear(n1, adjust(-5_000))
    machine.tick()
    expect(machine.view.correctedMs).toBe(10_000)
    machine.tick(500)
    expect(machine.view).toMatchObject({ correctedMs: machine.localMs - 5_000, slewLeftMs: 0 })
  })

  it('BK9 steps forward at a first far correction, and never again', () => {
    const machine = polled(0)
    const first = machine.hear(n1, adjust(9_000))
    expect(first.notes).toMatchObject([{ kind: 'clock-corrected', isStep: true }])
    expect(machine.view).toMatchObject({ correctedMs: 9_000, slewLeftMs: 0 })
    machine.hear(n1, { kind: 'poll', round: 8 })
    machine.hear(n1, adjust(9_000, 8))
    expect(machine.view).toMatchObject({ correctedMs: 9_000, slewLeftMs: 9_000 })
  })

  it('BK9 neither a near nor a backward first correction steps', () => {
    for (const byMs of [config.stepMs, -9_000]) {
      const machine = polled(0)
      machine.hear(n1, adjust(byMs))
      expect(machine.view).toMatchObject({ correctedMs: 0, slewLeftMs: byMs })
    }
  })

  it('BK9 goes on when somebody sets the machine’s clock', () => {
    const machine = polled(10_000)
    machine.localMs -= 8_000
    machine.tick()
    expect(machine.view.correctedMs).toBe(10_000 + tickMs - config.slewMsPerTick)
  })

  it('BK10 claims nothing before the first correction', () => {
    expect(polled(0).view).toMatchObject({ errorMs: null, lastSyncTicksAgo: null })
  })

  it('BK10 claims what was left of the trip, drift since, and what is left to slew', () => {
    const machine = polled(10_000)
    machine.hear(n1, adjust(3))
    expect(machine.view).toMatchObject({ errorMs: 5 + 3, lastSyncTicksAgo: 0 })
    machine.tick(200)
    expect(machine.view).toMatchObject({ errorMs: 5 + 2, lastSyncTicksAgo: 200 })
    machine.hear(n1, { kind: 'poll', round: 8 })
    machine.hear(n1, adjust(0, 8))
    expect(machine.view).toMatchObject({ errorMs: 5, lastSyncTicksAgo: 0 })
  })

  it('BK10 claims more when its own clock was set, and no more when it is set back', () => {
    const machine = polled(10_000)
    machine.localMs += 400
    machine.hear(n1, adjust(0))
    expect(machine.view.errorMs).toBe(5 + 400 + 400)
    machine.localMs -= 400
    machine.hear(n1, { kind: 'poll-wanted' })
    expect(machine.view.errorMs).toBe(5)
  })
})

describe('Berkeley: a clock that nobody can tell to be wrong', () => {
  /** Ends the round with the answer of the second alone, whose clock is ahead; what the coordinator says then. */
  function heardOne({ machine, round }: { machine: Machine; round: number }, aheadMs: number): BerkeleyOutput {
    machine.hear(n2, { kind: 'time', round, timeMs: machine.localMs + aheadMs })
    return machine.tick(config.pollWaitTicks)
  }

  it('BK13 of two that disagree where there are three, none leads the other away for one answer that was lost', () => {
    const { machine, round } = polling()
    const { messages, notes } = heardOne({ machine, round }, 5_000)
    expect(messages).toEqual([])
    expect(notes).toEqual([{ kind: 'clocks-compared', takenPart: 2, outliers: [n1], unheard: [n3] }])
    expect(machine.view).toMatchObject({ slewLeftMs: 0, lastSyncTicksAgo: null, takenPart: 2, outliers: [n1] })
  })

  it('BK13 asks again as soon as it may, and when all answer the majority is right', () => {
    const { machine, round } = polling()
    heardOne({ machine, round }, 5_000)
    const again = roundOf(machine.tick())
    machine.hear(n2, { kind: 'time', round: again, timeMs: machine.localMs + 5_000 })
    const output = machine.hear(n3, { kind: 'time', round: again, timeMs: machine.localMs })
    expect(corrections(output)).toEqual({ n2: -5_000, n3: 0 })
  })

  it('BK13 a majority that agrees is in no doubt, whoever is missing', () => {
    const { machine, round } = polling()
    expect(corrections(heardOne({ machine, round }, config.outlierMs))).toEqual({ n2: -config.outlierMs / 2 })
  })

  it('BK13 who stays away has no say in the end, and in each round from then on', () => {
    const { machine, round } = polling()
    let output = heardOne({ machine, round }, 5_000)
    for (let rounds = 1; rounds < config.doubtRounds; rounds += 1) {
      expect(corrections(output)).toEqual({})
      output = heardOne({ machine, round: roundOf(machine.tick()) }, 5_000)
    }
    expect(corrections(output)).toEqual({ n2: 0 })
    expect(machine.view.correctedMs).toBe(machine.localMs + 5_000)
    const next = roundOf(machine.tick(config.pollTicks - config.pollWaitTicks))
    const behind = heardOne({ machine, round: next }, 9_000)
    expect(corrections(behind)).toEqual({ n2: 0 })
  })

  it('BK13 the doubt of one coordinator is not that of the next', () => {
    const { machine, round } = polling()
    heardOne({ machine, round }, 5_000)
    heardOne({ machine, round: roundOf(machine.tick()) }, 5_000)
    machine.take(n2)
    machine.take(n1)
    expect(heardOne({ machine, round: roundOf(machine.tick()) }, 5_000).messages).toEqual([])
  })

  it('BK13 where all answered there is nobody to wait for', () => {
    const { machine, round } = polling()
    machine.hear(n2, { kind: 'time', round, timeMs: machine.localMs + 5_000 })
    const output = machine.hear(n3, { kind: 'time', round, timeMs: machine.localMs - 5_000 })
    expect(corrections(output)).toEqual({ n2: -5_000, n3: 5_000 })
  })
})

describe('Berkeley: what peers must not do', () => {
  it.each([
    ['a stranger', nodeId('n9')],
    ['itself', n1],
  ])('BK11 words of %s are reported, and change nothing', (_, from) => {
    const { machine, round } = polling()
    const before = machine.view
    expect(machine.hear(from, { kind: 'time', round, timeMs: 0 }).anomaly).toContain(from)
    expect(machine.view).toEqual(before)
    expect(machine.tick().anomaly).toBeNull()
  })

  it('a configuration that cannot work is our own mistake', () => {
    for (const changed of [
      { members: [n2] },
      { members: [n1, n1] },
      { pollTicksMin: 21 },
      { slewMsPerTick: 0.5 },
      { doubtRounds: 0 },
    ])
      expect(() => new Machine(n1, 0, changed)).toThrow(InvariantError)
  })

  it('a monotonic clock that goes back is our own driver’s', () => {
    const machine = new Machine(n1, 0)
    machine.monotonicMs -= 1
    expect(() => machine.core.step({ kind: 'tick', at: machine.now })).toThrow(InvariantError)
  })
})
