import { decodeNotaryCommand, encodeNotaryCommand } from '#cores/notary/index'
import { acknowledgedStands } from '../../properties/notary/acknowledged-stands.ts'
import { Scratch, spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Answers for all of a batch, and writes half of it. */
export const registersHalfABatch: NotaryBug = {
  name: 'registers-half-a-batch',
  property: acknowledgedStands.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const command = decodeNotaryCommand(entry.bytes)
      const count = command?.kind === 'register' ? command.registrations.length : 0
      if (command?.kind !== 'register' || count < 2) return right.apply(entry, state)
      const answer = right.apply(entry, new Scratch(state))
      const registrations = command.registrations.slice(0, Math.ceil(count / 2))
      right.apply({ ...entry, bytes: encodeNotaryCommand({ ...command, registrations }) }, state)
      return answer
    },
  })),
}
