import { Button, Modal, NumberInput, SegmentedControl } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { ShopProduct } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { DeedToldWords } from './deed-told.tsx'
import styles from './staff.module.css'
import { useDeed } from './use-deed.ts'

const operations = ['add', 'remove', 'set'] as const
type Operation = (typeof operations)[number]

interface StockDialogProps {
  readonly product: ShopProduct
  onClose(): void
}

export function StockDialog({ product, onClose }: StockDialogProps) {
  const { t, format } = useWords()
  const { ask } = useActions()
  const { isBusy, told, run } = useDeed()
  const [operation, setOperation] = useState<Operation>('add')
  const [quantity, setQuantity] = useState<number | string>(1)
  const isWhole = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 0
  const after = !isWhole ? null : afterwards(product.onHand, operation, quantity)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy || typeof quantity !== 'number' || !isWhole) return
    const input = { product: product.id, operation, quantity }
    const isDone = await run(JSON.stringify(input), (id) => ask('shop.changeStock', { id, ...input }))
    if (isDone) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shop.staff.stockOf', { name: product.name })}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={styles.form} data-testid="shop-stock-dialog" onSubmit={(event) => void submit(event)}>
        <p className={styles.soft}>
          {t('shop.staff.stockNow', {
            onHand: format.number(product.onHand),
            reserved: format.number(product.reserved),
            available: format.number(product.available),
          })}
        </p>
        <SegmentedControl
          aria-label={t('shop.staff.operation')}
          data-testid="shop-stock-operation"
          value={operation}
          data={operations.map((value) => ({ value, label: t(`shop.staff.operations.${value}`) }))}
          onChange={(value) => setOperation(operations.find((one) => one === value) ?? 'add')}
        />
        <NumberInput
          label={t('shop.staff.quantity')}
          value={quantity}
          min={0}
          max={shopDeskLimits.quantityMax}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          data-autofocus
          data-testid="shop-stock-quantity"
          onChange={setQuantity}
        />
        {after === null ? null : <p role="status">{t('shop.staff.after', { onHand: format.number(after) })}</p>}
        {after !== null && after < product.reserved ? (
          <p className={styles.refused}>{t('shop.staff.belowReserved')}</p>
        ) : null}
        <DeedToldWords told={told} />
        <Button type="submit" loading={isBusy} disabled={!isWhole} data-testid="shop-stock-save">
          {t('shop.staff.save')}
        </Button>
      </form>
    </Modal>
  )
}

function afterwards(onHand: number, operation: Operation, quantity: number): number {
  if (operation === 'set') return quantity
  return operation === 'add' ? onHand + quantity : onHand - quantity
}
