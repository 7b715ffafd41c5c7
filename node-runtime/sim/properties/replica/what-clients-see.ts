import { acknowledgedSurvives } from '#check/acknowledged-survives'
import { atMostOnce } from '#check/at-most-once'
import type { History } from '#check/history'
import { checkLinearizable } from '#check/linearizable'
import { type ListAnswer, type ListOp, list } from '#check/models/list'
import { ofWhatWasTold, type Told } from './told.ts'

export const nothingIsLost = ofWhatWasTold('what was acknowledged is there in the end', ({ history, finals }) =>
  acknowledgedSurvives(read(history, finals), finals),
)

export const nothingIsDoubled = ofWhatWasTold('nothing is done twice, or after it was refused', ({ history, finals }) =>
  atMostOnce(read(history, finals), finals),
)

export const listsAreLinearizable = ofWhatWasTold('the lists could be those of one copy', ({ history }) => {
  const verdict = checkLinearizable(list, history)
  if (verdict.kind === 'valid') return null
  return verdict.kind === 'invalid' ? verdict.counterExample.text : `the history of ${verdict.key} was too much`
})

/** Of lists that have been read for the last time: of the others the end is not known yet. */
function read(history: Told['history'], finals: Told['finals']): History<ListOp, ListAnswer> {
  return history.filter(({ key }) => finals.has(key))
}
