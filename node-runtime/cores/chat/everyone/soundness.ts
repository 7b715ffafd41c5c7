import { isKeptName } from '../names.ts'
import { entryLimits } from './limits.ts'
import type { Act, EveryoneRefusal, Operation } from './messages.ts'

/** What is wrong with it whatever else is known; null: nothing. */
export function flawOf(act: Act): EveryoneRefusal | null {
  switch (act.kind) {
    case 'publish':
    case 'message':
      if (!isKeptName(act.from) || !isKeptName(act.to)) return 'name-not-allowed'
      if (act.text.trim() === '') return 'empty'
      return act.text.length > entryLimits.textCharsMax ? 'too-long' : null
    case 'channel':
      return isKeptName(act.channel) ? null : 'name-not-allowed'
    case 'login':
      return isKeptName(act.user) ? null : 'name-not-allowed'
  }
}

/** Whether it may stand in a log, whoever wrote it there. */
export function isSound(operation: Operation): boolean {
  const { id, atMs, clock, origin } = operation
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/.test(id) || origin.length > entryLimits.originCharsMax) return false
  const isCounted = Number.isSafeInteger(atMs) && atMs >= 0 && Number.isSafeInteger(clock) && clock >= 0
  return isCounted && clock <= entryLimits.clockMax && flawOf(operation) === null
}

/** Whether somebody asks for the same again. */
export function isSameAct(one: Act, other: Act): boolean {
  switch (one.kind) {
    case 'publish':
    case 'message':
      return other.kind === one.kind && other.from === one.from && other.to === one.to && other.text === one.text
    case 'channel':
      return other.kind === one.kind && other.channel === one.channel
    case 'login':
      return other.kind === one.kind && other.user === one.user
  }
}
