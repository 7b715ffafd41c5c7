import { type CallInput, windowLimits } from '#contract/window/contract'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { ControlClient } from '#host/control-client'
import type { Result } from '#kit/result'
import { age } from '../age.ts'
import { type Command, durationMs, type Words, wholeNumber } from '../command.ts'
import { type ExitCode, exitCodes, type Terminal } from '../terminal.ts'

type FaultInput = CallInput<'faults.inject'>['fault']
type Step = (line: ControlClient, terminal: Terminal) => Promise<ExitCode>

export const fault: Command = {
  options: {
    for: { type: 'string' },
    ms: { type: 'string' },
    jitter: { type: 'string' },
    percent: { type: 'string' },
    both: { type: 'boolean' },
  },
  async run(words, { terminal, connect }) {
    const step = stepOf(words)
    if (typeof step === 'string') return terminal.misunderstand(step)
    const connected = await connect()
    if (!connected.ok) return terminal.refuse(connected.failure)
    try {
      return await step(connected.value, terminal)
    } finally {
      connected.value.close()
    }
  },
}

function stepOf(words: Words): Step | string {
  const [verb = 'list', ...rest] = words.plain
  const [id] = rest
  switch (verb) {
    case 'list':
      return list
    case 'clear':
      if (id === undefined) return 'colmeia fault clear ID'
      return async (line, terminal) => finish(terminal, await line.call('faults.clear', { faultId: id }))
    case 'clear-all':
      return async (line, terminal) => finish(terminal, await line.call('faults.clearAll', {}))
    case 'inject':
      return injectStep({ ...words, plain: rest })
    default:
      return `fault ${verb}?`
  }
}

async function list(line: ControlClient, terminal: Terminal): Promise<ExitCode> {
  const topology = await line.call('topology.get', {})
  if (!topology.ok) return terminal.refuse(topology.failure)
  const { faults, takenWallMs } = topology.value
  const lines = faults.map((active) => faultLine(active, takenWallMs))
  terminal.give(faults, () => (lines.length === 0 ? terminal.words.noFaults : lines.join('\n')))
  return exitCodes.done
}

function injectStep(words: Words): Step | string {
  const wanted = faultOf(words)
  if (typeof wanted === 'string') return wanted
  const { for: forText } = words.named
  const forMs = typeof forText === 'string' ? durationMs(forText) : null
  if (forText !== undefined && forMs === null) return `--for ${String(forText)}? (500ms, 10s, 5m, 1h)`
  return async (line, terminal) => {
    const injected = await line.call('faults.inject', { fault: wanted, forMs })
    if (!injected.ok) return terminal.refuse(injected.failure)
    terminal.give(injected.value, () => faultLine(injected.value, injected.value.sinceWallMs))
    return exitCodes.done
  }
}

/** The fault that the words describe, or what is missing in them. */
export function faultOf({ plain, named }: Words): FaultInput | string {
  const [kind, first, second, ...tooMany] = plain
  if (kind === undefined || first === undefined || tooMany.length > 0) return `fault inject ${plain.join(' ')}?`
  const ms = wholeNumber(named.ms, { min: -windowLimits.skewMsMax, max: windowLimits.skewMsMax })
  const percent = wholeNumber(named.percent, { min: 0, max: 100 })
  switch (kind) {
    case 'kill':
    case 'pause':
    case 'full-disk':
      return second === undefined ? { kind, node: first } : `fault inject ${kind} NODE`
    case 'skew':
    case 'slow-disk':
      return ms === null || second !== undefined ? `fault inject ${kind} NODE --ms N` : { kind, node: first, ms }
    case 'cut': {
      if (second === undefined) return 'fault inject cut FROM TO [--both]'
      return { kind, from: first.split(','), to: second.split(','), both: named.both === true }
    }
    case 'delay': {
      const jitterMs =
        named.jitter === undefined ? 0 : wholeNumber(named.jitter, { min: 0, max: windowLimits.delayMsMax })
      if (second === undefined || ms === null || jitterMs === null)
        return 'fault inject delay FROM TO --ms N [--jitter N]'
      return { kind, from: first, to: second, ms, jitterMs }
    }
    case 'loss':
    case 'duplicate':
      if (second === undefined || percent === null) return `fault inject ${kind} FROM TO --percent 0..100`
      return { kind, from: first, to: second, percent }
    default:
      return `fault inject ${kind}?`
  }
}

function finish(terminal: Terminal, result: Result<null>): ExitCode {
  if (!result.ok) return terminal.refuse(result.failure)
  terminal.give(null, () => terminal.words.done)
  return exitCodes.done
}

export function faultLine({ id, fault: active, endsWallMs }: ActiveFault, now: number): string {
  const left = endsWallMs === null ? '' : `  (${age(endsWallMs - now)})`
  return `${id}  ${active.kind}  ${detailOf(active)}${left}`
}

function detailOf(active: Fault): string {
  if ('node' in active) return 'ms' in active ? `${active.node} ${active.ms} ms` : active.node
  const arrow = `${[active.from].flat().join(',')} ${active.kind === 'cut' && active.both ? '↔' : '→'} ${[active.to].flat().join(',')}`
  if (active.kind === 'delay') return `${arrow} ${active.ms} ± ${active.jitterMs} ms`
  return 'percent' in active ? `${arrow} ${active.percent} %` : arrow
}
