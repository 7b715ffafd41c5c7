import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../scenario.ts'
import type { Always } from '../../subject.ts'
import type { ChosenWords } from '../../subjects/chosen/words.ts'

/** However the choice flaps, each reign lasts this long at least: no wish can depose leaders one after the other. */
export const reignsBeforeItGivesWay: Always<ChosenWords> = {
  name: 'a leader gives way to a wish only after it has led for the whole wait',
  start() {
    const ledSince = new Map<NodeId, number>()
    return ({ scenario, tick, notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'role-changed' && note.to === 'leader') ledSince.set(node, tick)
        if (note.kind !== 'handing-over' || note.why !== 'favourite') continue
        const ticks = tick - (ledSince.get(node) ?? tick)
        // A reign that begins between two ticks is shorter than its number of ticks by a part of one.
        const waitTicks = (scenario.settings.favouriteWaitTicks ?? 0) - 1
        if (ticks < waitTicks) return `${node} gives way to ${note.to} after ${ticks} of ${waitTicks} ticks`
      }
      return null
    }
  },
}

/** Told by what the leader hears of it, as the leader tells it. */
export const chosenWasThere: Always<ChosenWords> = {
  name: 'a leader gives way to one only that was there all the while',
  start() {
    const lastHeard = new Map<string, number>()
    /** When it was heard again after having been silent for too long. */
    const backSince = new Map<string, number>()
    return ({ scenario, tick, received, notes }) => {
      const { electionTicksMin = 0, favouriteWaitTicks = 0 } = scenario.settings
      for (const { from, to, message } of received) {
        if (!message.kind.endsWith('-answer') && message.kind !== 'append-refusal') continue
        const pair = `${to} hears ${from}`
        if (tick - (lastHeard.get(pair) ?? 0) > electionTicksMin + 1) backSince.set(pair, tick)
        lastHeard.set(pair, tick)
      }
      for (const { node, note } of notes) {
        if (note.kind !== 'handing-over' || note.why !== 'favourite') continue
        const pair = `${node} hears ${note.to}`
        const silentTicks = tick - (lastHeard.get(pair) ?? 0)
        const backTicks = tick - (backSince.get(pair) ?? 0)
        // Who sleeps counts no ticks, so silence is shorter for it than it was.
        if (wasPaused(scenario, node, tick)) continue
        if (silentTicks > electionTicksMin + 1)
          return `${node} gives way to ${note.to}, silent for ${silentTicks} ticks`
        if (backTicks < favouriteWaitTicks - electionTicksMin - 1)
          return `${node} gives way to ${note.to}, who has been back for ${backTicks} ticks`
      }
      return null
    }
  },
}

function wasPaused({ faults }: Scenario, node: NodeId, tick: number): boolean {
  return faults.some(({ at, fault }) => fault.kind === 'pause' && fault.node === node && (at ?? 0) <= tick)
}
