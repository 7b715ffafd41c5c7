import { Chip, Switch, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import { centsOf } from '../../../stores/shop/money.ts'
import { useStanding } from '../use-shop.ts'
import styles from './store.module.css'

export function Filters() {
  const { t } = useWords()
  const client = useShopClient()
  const wish = useShop((state) => state.wish)
  const isNoPrice = wish.priceMax.trim() !== '' && centsOf(wish.priceMax) === null
  return (
    <search className={styles.filters}>
      <TextInput
        label={t('shop.store.search')}
        placeholder={t('shop.store.searchHint')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={wish.text}
        maxLength={shopDeskLimits.searchCharsMax}
        data-testid="shop-search"
        onChange={({ currentTarget: { value } }) => client.wish({ text: value })}
      />
      <TextInput
        label={t('shop.store.priceMax')}
        placeholder={t('shop.store.priceHint')}
        value={wish.priceMax}
        maxLength={16}
        inputMode="decimal"
        error={isNoPrice ? t('shop.noPrice') : undefined}
        data-testid="shop-price-max"
        onChange={({ currentTarget: { value } }) => client.wish({ priceMax: value })}
      />
      <Switch
        label={t('shop.store.inStock')}
        checked={wish.isInStock}
        data-testid="shop-in-stock"
        onChange={({ currentTarget: { checked } }) => client.wish({ isInStock: checked })}
      />
      <Categories chosen={wish.category} />
    </search>
  )
}

const everything = 'all'

function Categories({ chosen }: { readonly chosen: number | null }) {
  const { t } = useWords()
  const client = useShopClient()
  const { value } = useStanding('shop.categories', {})
  if (value === null || value.categories.length === 0) return null
  const choose = (picked: string | string[]): void =>
    client.wish({ category: picked === everything ? null : Number(picked) })
  return (
    <fieldset className={styles.categories}>
      <legend className="hidden-visually">{t('shop.store.categories')}</legend>
      <Chip.Group value={chosen === null ? everything : String(chosen)} onChange={choose}>
        <Chip value={everything} size="sm" variant="light" data-testid="shop-category-all">
          {t('shop.store.allCategories')}
        </Chip>
        {value.categories.map(({ id, name }) => (
          <Chip key={id} value={String(id)} size="sm" variant="light" data-testid={`shop-category-${id}`}>
            {name}
          </Chip>
        ))}
      </Chip.Group>
    </fieldset>
  )
}
