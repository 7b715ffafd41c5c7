import type { ShopFacts as Facts } from '#contract/worker/shop'
import type { Speech } from '../../../i18n/use-words.ts'
import { stateOf } from '../../../stores/shop/replicas.ts'
import { Fact } from './fact.tsx'

interface ShopFactsProps {
  readonly facts: Facts
  readonly speech: Speech
}

/** What a node of a shop counts of itself. */
export function ShopFacts({ facts, speech }: ShopFactsProps) {
  return factsOf(facts, speech).map(({ name, value }) => (
    <Fact key={name} name={name}>
      {value}
    </Fact>
  ))
}

interface Line {
  readonly name: string
  readonly value: string
}

type FigureName =
  | 'answered'
  | 'failedOver'
  | 'stale'
  | 'unknown'
  | 'products'
  | 'movements'
  | 'reservations'
  | 'running'
  | 'placed'
  | 'refused'

function factsOf(facts: Facts, { t, format }: Pick<Speech, 't' | 'format'>): readonly Line[] {
  const line = (name: FigureName, value: number): Line => ({
    name: t(`overview.shop.facts.${name}`),
    value: format.number(value),
  })
  switch (facts.kind) {
    case 'gateway':
      return [
        { name: t('overview.shop.facts.choice'), value: t(`shop.choice.${facts.choice}.name`) },
        line('answered', facts.answered),
        line('failedOver', facts.failedOver),
        line('stale', facts.stale),
        line('unknown', facts.unknown),
        ...facts.services.map((service) => ({
          name: service.nodeId,
          value: t(`shop.replicas.${stateOf(service)}`),
        })),
      ]
    case 'catalogue':
      return [
        line('products', facts.products),
        line('movements', facts.movements),
        line('reservations', facts.liveReservations),
        {
          name: t('overview.shop.facts.lag'),
          value: facts.lagEntries === null ? t('overview.shop.facts.noLag') : format.number(facts.lagEntries),
        },
      ]
    case 'cart':
      return [
        line('answered', facts.answered),
        {
          name: t('overview.shop.facts.catalogue'),
          value: t(facts.isCatalogueAway ? 'shop.replicas.silent' : 'shop.replicas.live'),
        },
      ]
    case 'orders':
      return [line('running', facts.running), line('placed', facts.placed), line('refused', facts.refused)]
  }
}
