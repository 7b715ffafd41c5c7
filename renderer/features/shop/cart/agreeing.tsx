import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ShopCheckout } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useShopClient } from '../../../stores/context.tsx'
import { agreedLines, totalOf } from '../../../stores/shop/checkout.ts'
import styles from './cart.module.css'
import { lineDifference } from './item-words.ts'

/** The shop says something else than what was on the screen. Nothing is ordered until somebody has agreed to it. */
export function Agreeing({ checkout }: { readonly checkout: ShopCheckout }) {
  const { t, format } = useWords()
  const client = useShopClient()
  const agreed = agreedLines(checkout)
  const seen = totalOf(checkout.lines)
  return (
    <div className={styles.form} data-testid="shop-differences">
      <p role="alert">{t('shop.checkout.differs')}</p>
      <ul className={styles.lines}>
        {checkout.lines.map((line) => {
          const difference = lineDifference(line, { t, format })
          return (
            <li
              key={line.product}
              className={styles.differing}
              data-testid={`shop-difference-${line.product}`}
              data-problem={line.problem ?? ''}
            >
              <strong>
                {t('shop.line', {
                  count: line.quantity,
                  name: line.name ?? t('shop.cart.unnamed', { product: line.product }),
                })}
              </strong>
              {difference === null ? (
                <span className={styles.soft}>{t('shop.checkout.asSeen')}</span>
              ) : (
                <span className={styles.problem}>
                  <IconAlertTriangle size={14} aria-hidden="true" />
                  {difference}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <p className={styles.total}>
        <span>{t('shop.checkout.totalNow', { before: format.money(seen) })}</span>
        <strong data-testid="shop-agreed-total">{format.money(totalOf(agreed))}</strong>
      </p>
      {agreed.length === 0 ? <p className={styles.away}>{t('shop.checkout.nothingLeft')}</p> : null}
      <div className={styles.bar}>
        <Button variant="default" data-testid="shop-disagree" onClick={() => client.backToForm()}>
          {t('shop.checkout.back')}
        </Button>
        <Button disabled={agreed.length === 0} data-testid="shop-agree" onClick={() => void client.agree()}>
          {t('shop.checkout.agree')}
        </Button>
      </div>
    </div>
  )
}
