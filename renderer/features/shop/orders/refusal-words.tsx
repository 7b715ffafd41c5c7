import type { OrderRefusal } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useProductNames } from '../product-names.ts'
import styles from './orders.module.css'

/** Why the shop did not take an order, and which of its products are at fault. */
export function RefusalWords({ refusal: { why, lines, field } }: { readonly refusal: OrderRefusal }) {
  const { t, format } = useWords()
  const nameOf = useProductNames(lines.map(({ product }) => product))
  return (
    <div data-testid="shop-refusal" data-why={why}>
      <p>{why === 'malformed' && field !== null ? t('shop.refusals.field', { field }) : t(`shop.refusals.${why}`)}</p>
      {lines.length === 0 ? null : (
        <ul className={styles.refused}>
          {lines.map(({ product, wanted, available, nowCents }) => (
            <li key={product}>
              <strong>{nameOf(product)}</strong>{' '}
              {available === null
                ? nowCents === null
                  ? t('shop.refusals.line.unknown')
                  : t('shop.refusals.line.price', { price: format.money(nowCents) })
                : t('shop.refusals.line.stock', { count: available, wanted: format.number(wanted ?? 0) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
