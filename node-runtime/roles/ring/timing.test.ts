import { describe, expect, it } from 'vitest'
import { Room } from '#cores/ring/testing/room'
import { ringTiming } from './timing.ts'

const tickMs = 50
/** Of the three seconds that are promised: real processes have to be woken as well. */
const closedMsMax = 2_600

/** A ring of so many in demo timing, that has been whole for so many ticks. */
function ringOf(count: number, ticks: number): Room {
  const room = new Room(`silence ${ticks}`, ringTiming('demo', tickMs))
  // Each counts its own heartbeats: they must not fall together.
  for (let number = 1; number <= count; number += 1) {
    room.start(`p${number}`)
    room.pass(3)
  }
  room.passUntil(() => room.isOneRing)
  room.pass(40 + ticks)
  return room
}

/** Until those who live know one ring of just them. Nothing refuses: who is gone is silent, as a stopped process is. */
function closedMs(room: Room, gone: readonly string[]): number {
  const living = room.names.filter((name) => !gone.includes(name))
  for (const name of gone) room.pause(name)
  const isClosed = (): boolean => {
    const views = living.map((name) => room.facts(name).view)
    return views.every((view) => view?.members.length === living.length && view.leader === views[0]?.leader)
  }
  return room.passUntil(isClosed) * tickMs
}

/** The slowest, over the phases of a heartbeat. */
function slowestMs(count: number, choose: (order: readonly string[]) => readonly string[]): number {
  const phases = Array.from({ length: 10 }, (_, ticks) => ringOf(count, ticks))
  return Math.max(...phases.map((room) => closedMs(room, choose(room.order))))
}

describe('demo timing: peers that fall silent, without a word that they are gone', () => {
  it.each([
    ['a member', [2]],
    ['the leader', [0]],
    ['the leader and its next', [0, 1]],
    ['the leader and the one before it', [0, -1]],
    ['two neighbours', [2, 3]],
  ])('%s: the ring is closed and led in time', (_, places) => {
    for (const count of [5, 8]) {
      const took = slowestMs(count, (order) => places.flatMap((place) => order.at(place) ?? []))
      expect(took, `of ${count}`).toBeLessThanOrEqual(closedMsMax)
    }
  })

  it('of three, the one that is left of two leads in time', () => {
    expect(slowestMs(3, (order) => order.slice(0, 2))).toBeLessThanOrEqual(closedMsMax)
  })
})
