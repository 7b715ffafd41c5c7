import { expect, it } from 'vitest'
import { matching } from './palette-filter.ts'

const groups = [
  {
    group: 'places',
    actions: [
      { id: 'a', label: 'Ir para Configurações' },
      { id: 'b', label: 'Ir para Loja' },
    ],
  },
  { group: 'faults', actions: [{ id: 'c', label: 'Pausar notary-2', description: 'por 30 s' }] },
]
const found = (query: string) =>
  matching(query, groups)
    .flatMap((group) => ('actions' in group ? group.actions : []))
    .map(({ id }) => id)

it('asks for every word and minds neither accents, case nor order', () => {
  expect(found('configuracoes')).toEqual(['a'])
  expect(found('2 PAUSAR')).toEqual(['c'])
  expect(found('pausar loja')).toEqual([])
  expect(found(' ')).toEqual(['a', 'b', 'c'])
})

it('leaves no empty group behind', () => {
  expect(matching('loja', groups)).toHaveLength(1)
})
