import { encodeNotaryAnswer } from '#cores/notary/answer-codec'
import { decodeNotaryAnswer } from '#cores/notary/index'
import type { RegisterOutcome } from '#cores/notary/messages'

/** The answer to a command with other outcomes in it. */
export function toldOtherwise(answer: Uint8Array, change: (outcome: RegisterOutcome) => RegisterOutcome): Uint8Array {
  const right = decodeNotaryAnswer(answer)
  if (right?.kind !== 'registered') return answer
  return encodeNotaryAnswer({ ...right, outcomes: right.outcomes.map(change) })
}
