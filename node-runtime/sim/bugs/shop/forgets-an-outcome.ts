import { encodeCatalogueAnswer } from '#cores/shop/catalogue/codecs'
import { decodeCatalogueAnswer } from '#cores/shop/index'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Of two refusals in a command, it tells one. */
export const forgetsAnOutcome: ShopBug = {
  name: 'forgets-an-outcome',
  property: nobodyComplains.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const bytes = right.apply(entry, state)
      const answer = decodeCatalogueAnswer(bytes)
      if (answer?.kind !== 'done') return bytes
      const refused = answer.outcomes.filter(({ kind }) => kind === 'refused')
      return refused.length < 2 ? bytes : encodeCatalogueAnswer({ ...answer, outcomes: answer.outcomes.slice(1) })
    },
  })),
}
