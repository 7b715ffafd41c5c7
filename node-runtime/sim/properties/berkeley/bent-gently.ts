import type { BerkeleyView } from '#cores/clocks/berkeley-messages'
import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'
import { Quartz } from '../../subjects/quartz.ts'

interface Shown {
  readonly view: BerkeleyView
  readonly atMs: number
  readonly quartz: Quartz
}

export const bentGently: Always<BerkeleyWords> = {
  name: 'a tick bends a clock by no more than the slew, but for one first step',
  start() {
    const shown = new Map<NodeId, Shown>()
    const corrected = new Set<NodeId>()
    return ({ scenario, tick, boots, notes, views }) => {
      const atMs = tick * scenario.tickMs
      const { slewMsPerTick = 0 } = scenario.settings
      const stepping = new Set<NodeId>()
      for (const node of boots) {
        shown.delete(node)
        corrected.delete(node)
      }
      for (const { node, note } of notes) {
        if (note.kind !== 'clock-corrected') continue
        if (note.isStep && !corrected.has(node)) stepping.add(node)
        corrected.add(node)
      }
      for (const view of views) {
        const before = shown.get(view.id)
        if (before?.view === view) continue // it sleeps
        const quartz = before?.quartz ?? new Quartz(scenario, view.id)
        shown.set(view.id, { view, atMs, quartz })
        if (before === undefined || stepping.has(view.id)) continue
        const passedMs = quartz.monotonicMs(atMs) - quartz.monotonicMs(before.atMs)
        const bentMs = view.correctedMs - before.view.correctedMs - passedMs
        if (Math.abs(bentMs) > slewMsPerTick) return `${view.id} is bent by ${bentMs} ms`
      }
      return null
    }
  },
}
