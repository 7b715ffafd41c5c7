import { lamportMax } from '#cores/clocks/lamport'
import { chatLimits } from '../limits.ts'
import type { EveryoneLimits } from './messages.ts'

export const everyoneLimits: EveryoneLimits = {
  /** All are in memory. Past that nothing new is taken, and what other servers took still is. */
  operationsMax: 500_000,
  /** Of foreign servers, in all logs: whoever is loud there leaves room for ours. */
  foreignMax: 200_000,
  channelsMax: chatLimits.channelsMax,
  usersMax: chatLimits.usersMax,
  entriesPerMessageMax: 256,
  charsPerMessageMax: 2 ** 16,
  /** Answers that wait until others know a name. Past that they wait for nobody. */
  waitingMax: 1_000,
}

export const entryLimits = {
  /** What a foreign server calls itself. */
  originCharsMax: 64,
  textCharsMax: chatLimits.textCharsMax,
  /** Of foreign servers' the dialect takes far less. Whoever follows this one can still count. */
  clockMax: lamportMax / 2,
  /** Of what comes from outside: a message that claims more is none. */
  marksMax: 65_536,
  entriesMax: 256,
} as const
