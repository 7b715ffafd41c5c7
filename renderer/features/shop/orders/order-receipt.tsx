import { Button } from '@mantine/core'
import { IconCertificate, IconDownload, IconFileText, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { fittingTitle } from '#contract/worker/order-text'
import type { ReceiptCheck } from '#contract/worker/shop-races'
import type { OrderStateName, ShopOrder } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import styles from './orders.module.css'

interface OrderReceiptProps {
  readonly order: string
  readonly number: number
  readonly state: OrderStateName
  readonly receipt: ShopOrder['receipt']
}

/** The order's receipt: one click takes its hash to the notary, another holds the order of now against it. */
export function OrderReceiptPart({ order, number, state, receipt }: OrderReceiptProps) {
  const { t, format } = useWords()
  const { isBusy, check, register, lookUp, save, saveProof } = useReceipt(order, number)
  if (state === 'received') return null
  return (
    <>
      {receipt === null ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={isBusy}
          leftSection={<IconCertificate size={15} aria-hidden="true" />}
          data-testid="shop-receipt-register"
          onClick={() => void register()}
        >
          {t('shop.receipt.register')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={isBusy}
          leftSection={<IconShieldCheck size={15} aria-hidden="true" />}
          data-testid="shop-receipt-check"
          data-receipt={receipt}
          onClick={() => void lookUp()}
        >
          {t('shop.receipt.check')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconFileText size={15} aria-hidden="true" />}
        data-testid="shop-receipt-save"
        onClick={() => void save()}
      >
        {t('shop.receipt.save')}
      </Button>
      {receipt === null || check !== null ? null : (
        <p className={styles.receipt} data-testid="shop-receipt-state" data-state={receipt}>
          {t(`shop.receipt.states.${receipt}`)}
        </p>
      )}
      {check === null ? null : (
        <div className={styles.receipt} role="status" data-testid="shop-receipt-checked" data-kind={check.kind}>
          <p>
            {t(`shop.receipt.checked.${check.kind}`)}
            {check.index === null || check.registeredAtMs === null
              ? null
              : ` ${t('shop.receipt.place', { index: format.number(check.index), when: format.moment(check.registeredAtMs) })}`}
          </p>
          <code className={styles.hash}>{check.sha256}</code>
          {check.kind === 'registered' && check.index !== null ? (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconDownload size={15} aria-hidden="true" />}
              data-testid="shop-proof-save"
              onClick={() => void saveProof(check.index ?? 0)}
            >
              {t('shop.receipt.saveProof')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}

function useReceipt(order: string, number: number) {
  const { t, format } = useWords()
  const { call } = useActions()
  const [isBusy, setBusy] = useState(false)
  const [check, setCheck] = useState<ReceiptCheck | null>(null)
  const whileBusy = (work: () => Promise<void>) => async (): Promise<void> => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const register = whileBusy(async () => {
    const title = fittingTitle(t('shop.receipt.title', { number: format.number(number) }))
    // The notary is told neither who ordered nor what; so whoever registers stays unnamed too.
    await call('shop.registerReceipt', { order, title, registrant: '' })
  })
  const lookUp = whileBusy(async () => {
    const result = await call('shop.checkReceipt', { order })
    if (result.ok) setCheck(result.value)
  })
  const save = async (): Promise<void> => {
    const result = await call('shop.receipt', { order })
    if (result.ok) saveFile(result.value.fileName, result.value.text, 'text/plain;charset=utf-8')
  }
  const saveProof = async (index: number): Promise<void> => {
    const result = await call('notary.receipt', { index })
    if (result.ok) saveFile(result.value.fileName, result.value.receipt, 'text/plain;charset=utf-8')
  }
  return { isBusy, check, register, lookUp, save, saveProof }
}
