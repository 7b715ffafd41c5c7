import { expect, it } from 'vitest'
import type { ShopFacts } from '#contract/worker/shop'
import { makeFormat } from '../../../i18n/format.ts'
import { createTranslations } from '../../../i18n/translations.ts'
import { shopLineWords } from './shop-line-words.ts'

const all: readonly ShopFacts[] = [
  { kind: 'gateway', choice: 'own-writes', services: [], answered: 1_204, failedOver: 2, stale: 0, unknown: 0 },
  { kind: 'catalogue', products: 13, movements: 40, liveReservations: 0, lagEntries: 0 },
  { kind: 'cart', isCatalogueAway: true, answered: 7 },
  { kind: 'orders', running: 0, placed: 3, refused: 97 },
]

it.each([
  ['en', ['1,204 answered', '2 asked again', '13 products', '7 answered', 'no prices', '3 placed', '97 refused']],
  [
    'pt-BR',
    ['1.204 respondidas', '2 repetidas', '13 produtos', '7 respondidas', 'sem preços', '3 feitos', '97 recusados'],
  ],
] as const)('says in %s what each service of a shop has done', async (language, words) => {
  const { t } = await createTranslations(language)
  expect(all.flatMap((facts) => shopLineWords(facts, { t, format: makeFormat(language) }))).toEqual(words)
})
