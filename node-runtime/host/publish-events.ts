import type { EventName } from '#contract/window/channels'
import { type EventPayload, windowLimits } from '#contract/window/contract'
import type { RecordedEvent } from '#contract/window/recording'
import type { Settings } from '#contract/window/settings'
import { type Stop, StopStack } from '#kit/stop-stack'
import type { Lab, Problem } from './lab.ts'
import { hostLimits } from './limits.ts'
import type { After } from './schedule.ts'

export type PublishedEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly payload: EventPayload<Name> }
}[EventName]

/** One window, page or command line. */
export interface Subscriber {
  wants(name: EventName): boolean
  /** False while it has not taken what it was given: its part is then held, bounded, until it can. */
  canTake(): boolean
  take(event: PublishedEvent): void
}

export interface EventSources {
  readonly lab: Pick<Lab, 'topology' | 'onTopology' | 'onProblem' | 'recorder'>
  onSettings(listener: (settings: Settings) => void): Stop
}

/**
 * Brings what happens to whoever wants it.
 * 1. A subscriber gets at most one event of a name in each beat; of state only the newest, so none grows with time.
 * 2. What a slow subscriber misses of the recording is counted in `skipped`, never silently left out.
 * 3. Problems raised while nobody listened wait for the first who does.
 */
export class EventPublisher {
  readonly #sources: EventSources
  readonly #after: After
  readonly #held = new Set<Held>()
  readonly #stops = new StopStack()
  #problemsUnheard: Problem[] = []
  #cancelBeat: Stop | null = null
  #isStopped = false

  constructor(sources: EventSources, after: After) {
    this.#sources = sources
    this.#after = after
    const { lab } = sources
    this.#stops.add(lab.onTopology(() => this.#note((held) => held.noteTopology())))
    this.#stops.add(lab.recorder.onAppend((events) => this.#note((held) => held.noteEvents(events))))
    this.#stops.add(sources.onSettings((settings) => this.#note((held) => held.noteSettings(settings))))
    this.#stops.add(lab.onProblem((problem) => this.raise(problem)))
  }

  raise(problem: Problem): void {
    const listeners = [...this.#held].filter((held) => held.subscriber.wants('problem.raised'))
    if (listeners.length === 0) {
      this.#problemsUnheard = bounded([...this.#problemsUnheard, problem], hostLimits.problemsWaitingMax)
    }
    for (const held of listeners) held.noteProblem(problem)
    this.#beatSoon()
  }

  subscribe(subscriber: Subscriber): Stop {
    const held = new Held(subscriber)
    this.#held.add(held)
    return () => {
      this.#held.delete(held)
    }
  }

  /** To be called when a subscriber that could not take, or did not want, now does. */
  wake(): void {
    this.#beatSoon()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelBeat?.()
    this.#held.clear()
    await this.#stops.run()
  }

  #note(note: (held: Held) => void): void {
    if (this.#held.size === 0) return
    for (const held of this.#held) note(held)
    this.#beatSoon()
  }

  #beatSoon(): void {
    if (this.#cancelBeat !== null || this.#isStopped) return
    this.#cancelBeat = this.#after(hostLimits.publishEveryMs, () => {
      this.#cancelBeat = null
      this.#beat()
    })
  }

  #beat(): void {
    for (const held of this.#held) {
      if (!held.subscriber.canTake()) continue
      if (this.#problemsUnheard.length > 0 && held.subscriber.wants('problem.raised')) {
        for (const problem of this.#problemsUnheard) held.noteProblem(problem)
        this.#problemsUnheard = []
      }
      for (const event of held.release(() => this.#sources.lab.topology())) held.subscriber.take(event)
    }
    if ([...this.#held].some((held) => held.isWaiting)) this.#beatSoon()
  }
}

/** What one subscriber has not been given yet. */
class Held {
  readonly subscriber: Subscriber
  #isTopologyDue = false
  #events: RecordedEvent[] = []
  #skipped = 0
  #settings: Settings | null = null
  #problems: Problem[] = []

  constructor(subscriber: Subscriber) {
    this.subscriber = subscriber
  }

  get isWaiting(): boolean {
    return this.#isTopologyDue || this.#events.length > 0 || this.#settings !== null || this.#problems.length > 0
  }

  noteTopology(): void {
    if (this.subscriber.wants('topology.changed')) this.#isTopologyDue = true
  }

  noteEvents(events: readonly RecordedEvent[]): void {
    if (!this.subscriber.wants('recording.appended')) return
    const all = [...this.#events, ...events]
    this.#events = bounded(all, windowLimits.eventsPerPageMax)
    this.#skipped += all.length - this.#events.length
  }

  noteSettings(settings: Settings): void {
    if (this.subscriber.wants('settings.changed')) this.#settings = settings
  }

  noteProblem(problem: Problem): void {
    this.#problems = bounded([...this.#problems, problem], hostLimits.problemsWaitingMax)
  }

  /** The snapshot is taken now and not when the change was noted, so that it is as young as it can be. */
  release(topology: () => EventPayload<'topology.changed'>): readonly PublishedEvent[] {
    const released: PublishedEvent[] = []
    if (this.#settings !== null) released.push({ name: 'settings.changed', payload: this.#settings })
    if (this.#isTopologyDue) released.push({ name: 'topology.changed', payload: topology() })
    if (this.#events.length > 0) {
      released.push({ name: 'recording.appended', payload: { events: this.#events, skipped: this.#skipped } })
    }
    for (const problem of this.#problems) released.push({ name: 'problem.raised', payload: problem })
    this.#settings = null
    this.#isTopologyDue = false
    this.#events = []
    this.#skipped = 0
    this.#problems = []
    return released
  }
}

function bounded<T>(items: T[], max: number): T[] {
  return items.length <= max ? items : items.slice(items.length - max)
}
