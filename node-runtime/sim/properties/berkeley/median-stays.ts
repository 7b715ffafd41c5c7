import type { NodeId } from '#kit/ids'
import type { Always, Moment } from '../../subject.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'

/** Judged by what a coordinator tells the others and itself: the clock in the middle is among them. */
export const medianStays: Always<BerkeleyWords> = {
  name: 'outliers lead nobody away: the median clock moves by no more than their bound',
  start: () => (moment) => {
    for (const { node, note } of moment.notes) {
      if (note.kind !== 'clocks-compared' || note.takenPart === 1) continue
      const moved = correctionsBy(node, moment)
      if (moved.length === 0) continue // BK13: in doubt
      const leastMs = Math.min(...moved.map(Math.abs))
      const { outlierMs = 0 } = moment.scenario.settings
      // One more, because corrections are rounded.
      if (leastMs > outlierMs + 1) return `${node} moves everybody by ${leastMs} ms or more`
    }
    return null
  },
}

export function correctionsBy(coordinator: NodeId, { notes, sent }: Moment<BerkeleyWords>): readonly number[] {
  const own = notes.flatMap(({ node, note }) =>
    node === coordinator && note.kind === 'clock-corrected' ? [note.byMs] : [],
  )
  const others = sent.flatMap(({ from, message }) =>
    from === coordinator && message.kind === 'adjust' ? [message.byMs] : [],
  )
  return [...own, ...others]
}
