import { useWords } from '../../../i18n/use-words.ts'
import type { CartTold } from '../../../stores/shop/state.ts'
import styles from './cart.module.css'

/** Why the last change of the cart did not happen. */
export function CartToldWords({ told }: { readonly told: CartTold }) {
  const { t } = useWords()
  return (
    <p
      className={styles.told}
      role="alert"
      data-testid="shop-cart-told"
      data-why={told.kind === 'refused' ? told.why : told.code}
    >
      {told.kind === 'refused'
        ? t(`shop.cart.refusals.${told.why}`)
        : `${t(`failures.${told.code}.title`)} ${t(`failures.${told.code}.hint`)}`}
    </p>
  )
}
