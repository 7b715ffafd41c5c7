import { describe, expect, it } from 'vitest'
import type { EventName } from '#contract/window/channels'
import { windowLimits } from '#contract/window/contract'
import type { Settings } from '#contract/window/settings'
import type { Problem } from './lab.ts'
import { hostLimits } from './limits.ts'
import { EventPublisher, type PublishedEvent } from './publish-events.ts'
import { defaultSettings } from './settings-file.ts'
import { handTime } from './testing/hand-time.ts'
import { memoryLab, recorded } from './testing/memory-lab.ts'

function publish() {
  const memory = memoryLab()
  const time = handTime()
  let changeSettings: (settings: Settings) => void = () => undefined
  const publisher = new EventPublisher(
    {
      lab: memory.lab,
      onSettings(listener) {
        changeSettings = listener
        return () => undefined
      },
    },
    time.after,
  )
  return { ...memory, time, publisher, changeSettings: (settings: Settings) => changeSettings(settings) }
}

function listener(...names: readonly EventName[]) {
  const taken: PublishedEvent[] = []
  const state = { isSlow: false }
  const subscriber = {
    wants: (name: EventName) => names.includes(name),
    canTake: () => !state.isSlow,
    take: (event: PublishedEvent) => void taken.push(event),
  }
  return { subscriber, taken, state }
}

const problem: Problem = { code: 'disk-full', nodeId: null, detail: 'x', wallMs: 0 }

describe('events to the outside', () => {
  it('sends the topology at most once in a beat, and then the newest', () => {
    const { publisher, time, changeTopology } = publish()
    const { subscriber, taken } = listener('topology.changed')
    publisher.subscribe(subscriber)
    for (let change = 0; change < 1_000; change += 1) changeTopology()
    time.pass(1_000)
    expect(taken).toMatchObject([{ name: 'topology.changed', payload: { revision: 1_001 } }])
  })

  it('sends ten snapshots a second at most, however often it changes', () => {
    const { publisher, time, changeTopology } = publish()
    const { subscriber, taken } = listener('topology.changed')
    publisher.subscribe(subscriber)
    for (let ms = 0; ms < 1_000; ms += 1) {
      changeTopology()
      time.pass(1)
    }
    expect(taken.length).toBeGreaterThan(5)
    expect(taken.length).toBeLessThanOrEqual(10)
  })

  it('gathers what was recorded into one batch', () => {
    const { publisher, time, append } = publish()
    const { subscriber, taken } = listener('recording.appended')
    publisher.subscribe(subscriber)
    append([recorded(1), recorded(2)])
    append([recorded(3)])
    time.pass(hostLimits.publishEveryMs)
    expect(taken).toEqual([
      { name: 'recording.appended', payload: { events: [recorded(1), recorded(2), recorded(3)], skipped: 0 } },
    ])
  })

  it('keeps the newest events for one who cannot take them, and counts the rest', () => {
    const { publisher, time, append } = publish()
    const { subscriber, taken, state } = listener('recording.appended')
    publisher.subscribe(subscriber)
    state.isSlow = true
    for (let position = 1; position <= windowLimits.eventsPerPageMax + 70; position += 1) append([recorded(position)])
    time.pass(10_000)
    expect(taken).toEqual([])
    state.isSlow = false
    time.pass(hostLimits.publishEveryMs)
    const [event] = taken
    expect(event?.name === 'recording.appended' && event.payload.skipped).toBe(70)
    expect(event?.name === 'recording.appended' && event.payload.events.length).toBe(windowLimits.eventsPerPageMax)
    expect(event?.name === 'recording.appended' && event.payload.events.at(-1)?.position).toBe(570)
  })

  it('does not let a slow subscriber hold up a quick one', () => {
    const { publisher, time, changeTopology } = publish()
    const slow = listener('topology.changed')
    const quick = listener('topology.changed')
    slow.state.isSlow = true
    publisher.subscribe(slow.subscriber)
    publisher.subscribe(quick.subscriber)
    changeTopology()
    time.pass(hostLimits.publishEveryMs)
    expect([slow.taken.length, quick.taken.length]).toEqual([0, 1])
  })

  it('sends a subscriber only what it wants', () => {
    const { publisher, time, append, changeTopology, changeSettings } = publish()
    const { subscriber, taken } = listener('settings.changed')
    publisher.subscribe(subscriber)
    append([recorded(1)])
    changeTopology()
    changeSettings(defaultSettings('pt-BR'))
    time.pass(1_000)
    expect(taken).toEqual([{ name: 'settings.changed', payload: defaultSettings('pt-BR') }])
  })

  it('keeps problems that nobody heard for the first who listens, and gives them once', () => {
    const { publisher, time, raise } = publish()
    raise(problem)
    time.pass(1_000)
    const first = listener('problem.raised')
    const second = listener('problem.raised')
    publisher.subscribe(first.subscriber)
    publisher.wake()
    time.pass(hostLimits.publishEveryMs)
    publisher.subscribe(second.subscriber)
    publisher.wake()
    time.pass(hostLimits.publishEveryMs)
    expect(first.taken).toEqual([{ name: 'problem.raised', payload: problem }])
    expect(second.taken).toEqual([])
  })

  it('forgets the oldest problems past the limit', () => {
    const { publisher, time, raise } = publish()
    for (let number = 0; number <= hostLimits.problemsWaitingMax; number += 1) raise({ ...problem, wallMs: number })
    const { subscriber, taken } = listener('problem.raised')
    publisher.subscribe(subscriber)
    publisher.wake()
    time.pass(hostLimits.publishEveryMs)
    expect(taken.length).toBe(hostLimits.problemsWaitingMax)
    expect(taken[0]).toMatchObject({ payload: { wallMs: 1 } })
  })

  it('sends nothing after a subscriber left or the publisher stopped', async () => {
    const { publisher, time, changeTopology } = publish()
    const left = listener('topology.changed')
    const stayed = listener('topology.changed')
    const leave = publisher.subscribe(left.subscriber)
    publisher.subscribe(stayed.subscriber)
    changeTopology()
    await leave()
    await publisher.stop()
    time.pass(1_000)
    expect([left.taken, stayed.taken]).toEqual([[], []])
  })
})
