import { expect, it } from 'vitest'
import { englishRing, portugueseRing } from './ring-words.ts'

it('counts missed messages as people do', () => {
  expect([0, 1, 2].map((count) => englishRing.caughtUp(count, 'Ana'))).toEqual([
    'everything that Ana has is here',
    '1 message that was missed came from Ana',
    '2 messages that were missed came from Ana',
  ])
  expect([0, 1, 2].map((count) => portugueseRing.caughtUp(count, 'Ana'))).toEqual([
    'tudo o que Ana tem está aqui',
    '1 mensagem perdida veio de Ana',
    '2 mensagens perdidas vieram de Ana',
  ])
})

it('counts older messages as people do', () => {
  expect([1, 2].map(englishRing.older)).toEqual(['… 1 older message …', '… 2 older messages …'])
  expect([1, 2].map(portugueseRing.older)).toEqual(['… 1 mensagem mais antiga …', '… 2 mensagens mais antigas …'])
})
