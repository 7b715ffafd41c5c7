import { expect, it } from 'vitest'
import { makeFormat } from './format.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

it('writes durations in the unit in which one thinks of them', () => {
  const { duration, coarse } = makeFormat('en')
  expect([0.42, 812, 3_400, 60_000, 125_000, 3_900_000].map((ms) => plain(duration(ms)))).toEqual([
    '0.4 ms',
    '812 ms',
    '3.4 s',
    '1 min',
    '2 min 5 s',
    '1 h 5 min',
  ])
  expect([900, 3_400, 59_999].map((ms) => plain(coarse(ms)))).toEqual(['0 s', '3 s', '59 s'])
})

it('writes digits as the language does', () => {
  expect(plain(makeFormat('pt-BR').bytes(1_500))).toBe('1,5 kB')
  expect(makeFormat('pt-BR').number(1_204)).toBe('1.204')
  expect(makeFormat('en').number(1_204)).toBe('1,204')
})

it('writes money of whole cents, and as somebody would type it', () => {
  expect(plain(makeFormat('pt-BR').money(123_450))).toBe('R$ 1.234,50')
  expect(plain(makeFormat('en').money(123_450))).toBe('R$1,234.50')
  expect([makeFormat('pt-BR').amount(123_450), makeFormat('en').amount(5)]).toEqual(['1234,50', '0.05'])
})
