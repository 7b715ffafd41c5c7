import { beforeEach, describe, expect, it } from 'vitest'
import type { TraceEvent } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'
import type { Trace } from '#ports/trace'

export interface TraceHome {
  readonly trace: Trace
  readonly node: NodeId
  setLamport(lamport: number): void
  setWall(ms: number): void
  /** Everything that has come out so far, what still waits included. */
  events(): readonly TraceEvent[]
  /** How many events it can keep before it must drop one. */
  readonly waitingMax: number
  droppedCount(): number
}

/** What every home of the Trace port promises. */
export function traceSuite(name: string, openHome: () => TraceHome): void {
  describe(`${name} trace`, () => {
    let home: TraceHome

    beforeEach(() => {
      home = openHome()
    })

    const anomaly = (detail: string) => ({ kind: 'anomaly', detail }) as const

    it('stamps what it is told with who, when and why', () => {
      home.setLamport(7)
      home.setWall(1_000)
      home.trace.note(anomaly('first'), 'n1:3')
      home.setLamport(9)
      home.setWall(500)
      home.trace.note(anomaly('second'))
      const { node } = home
      expect(home.events()).toEqual([
        { sequence: 1, node, lamport: 7, wallMs: 1_000, cause: 'n1:3', what: anomaly('first') },
        { sequence: 2, node, lamport: 9, wallMs: 500, cause: null, what: anomaly('second') },
      ])
    })

    it('drops the oldest when it is full, counts them, and leaves a gap in the numbers', () => {
      const surplus = 3
      for (let count = 1; count <= home.waitingMax + surplus; count += 1) home.trace.note(anomaly(String(count)))
      const events = home.events()
      expect(home.droppedCount()).toBe(surplus)
      expect(events).toHaveLength(home.waitingMax)
      expect(events[0]).toMatchObject({ sequence: surplus + 1, what: anomaly(String(surplus + 1)) })
      expect(events.at(-1)?.sequence).toBe(home.waitingMax + surplus)
    })
  })
}
