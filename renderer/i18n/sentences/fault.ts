import type { Fault } from '#contract/worker/faults'
import { unreachable } from '#kit/assert'
import type { Speech } from '../use-words.ts'
import { listed } from './listed.ts'

/** A fault in words: what it does to whom. */
export function faultSentence(fault: Fault, { t, format, language }: Speech): string {
  switch (fault.kind) {
    case 'kill':
    case 'pause':
    case 'full-disk':
      return t(`faults.sentence.${fault.kind}`, { node: fault.node })
    case 'cut': {
      const ends = { from: listed(fault.from, language), to: listed(fault.to, language) }
      return t(fault.both ? 'faults.sentence.cut-both' : 'faults.sentence.cut', ends)
    }
    case 'delay': {
      const { from, to, ms, jitterMs } = fault
      return t('faults.sentence.delay', { from, to, time: format.duration(ms), jitter: format.duration(jitterMs) })
    }
    case 'loss':
    case 'duplicate':
      return t(`faults.sentence.${fault.kind}`, {
        from: fault.from,
        to: fault.to,
        percent: format.percent(fault.percent),
      })
    case 'skew':
    case 'slow-disk':
      return t(`faults.sentence.${fault.kind}`, { node: fault.node, time: signed(fault.ms, format.duration) })
    default:
      return unreachable(fault)
  }
}

function signed(ms: number, duration: (ms: number) => string): string {
  return ms < 0 ? `−${duration(-ms)}` : duration(ms)
}
