import { useEffect } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useShopClient, useShopNames } from '../../stores/context.tsx'

/** What products are called where the shop only gives their numbers; the number until the name has come. */
export function useProductNames(products: readonly number[]): (product: number) => string {
  const { t } = useWords()
  const client = useShopClient()
  const names = useShopNames((state) => state.names)
  const wanted = [...new Set(products)].sort((one, other) => one - other).join(' ')
  useEffect(() => {
    for (const product of wanted.split(' ').filter((word) => word !== '')) void client.loadName(Number(product))
  }, [client, wanted])
  return (product) => names.get(product) ?? t('shop.cart.unnamed', { product })
}
