import { Modal } from '@mantine/core'
import { useWords } from '../../../i18n/use-words.ts'
import { useShop, useShopClient } from '../../../stores/context.tsx'
import type { CheckoutStep } from '../../../stores/shop/checkout.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Agreeing } from './agreeing.tsx'
import { Following } from './following.tsx'
import { OrderForm } from './order-form.tsx'

/** From the cart to an order: who and when, what differs, and what has become of it. */
export function CheckoutDialog() {
  const { t } = useWords()
  const client = useShopClient()
  const step = useShop((state) => state.checkout)
  if (step === null) return null
  return (
    <Modal
      opened
      onClose={() => client.endOrder()}
      title={t('shop.checkout.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div data-testid="shop-checkout-dialog" data-step={step.kind}>
        <Step step={step} />
      </div>
    </Modal>
  )
}

function Step({ step }: { readonly step: CheckoutStep }) {
  switch (step.kind) {
    case 'filling':
    case 'looking':
      return <OrderForm isLooking={step.kind === 'looking'} />
    case 'agreeing':
      return <Agreeing checkout={step.checkout} />
    case 'sending':
      return <Busy />
    case 'following':
      return <Following id={step.id} />
  }
}
