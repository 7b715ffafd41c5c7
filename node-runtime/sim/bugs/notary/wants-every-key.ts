import { encodeNotaryAnswer } from '#cores/notary/answer-codec'
import { decodeNotaryCommand } from '#cores/notary/index'
import { settled } from '../../properties/notary/settled.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** No list of witnesses is taken before all members have told their keys, and one of them may never come. */
export const wantsEveryKey: NotaryBug = {
  name: 'wants-every-key',
  property: settled.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const command = decodeNotaryCommand(entry.bytes)
      const isWanting = command?.kind === 'witnesses' && command.witnesses.length < command.members
      return isWanting ? encodeNotaryAnswer({ kind: 'refused' }) : right.apply(entry, state)
    },
  })),
}
