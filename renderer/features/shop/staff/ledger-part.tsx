import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { LeafButtons } from '../leaf-buttons.tsx'
import { LedgerTable } from '../ledger-table.tsx'
import { useLeafing, useStanding } from '../use-shop.ts'
import styles from './staff.module.css'

const rowsPerPage = 50
/** As many products as can be chosen from; the ledger of others is found by all of it. */
const choicesMax = 200

/** Every movement of stock: of one product newest first, of all of them from the beginning. */
export function LedgerPart() {
  const { t } = useWords()
  const [product, setProduct] = useState<number | null>(null)
  const all = { text: '', category: null, priceCentsMax: null, isInStock: false, isAll: true }
  const { answer: products } = useAnswer('shop.products', { ...all, after: null, limit: choicesMax })
  const leafing = useLeafing(String(product))
  const page = useStanding('shop.ledger', { product, after: leafing.after, limit: rowsPerPage })
  return (
    <>
      <p className={styles.soft}>{t('shop.ledger.lead')}</p>
      <NativeSelect
        className={styles.choice}
        label={t('shop.ledger.of')}
        value={product === null ? '' : String(product)}
        data={[
          { value: '', label: t('shop.ledger.all') },
          ...(products?.ok ? products.value.products.map(({ id, name }) => ({ value: String(id), label: name })) : []),
        ]}
        data-testid="shop-ledger-of"
        onChange={({ currentTarget: { value } }) => setProduct(value === '' ? null : Number(value))}
      />
      {page.value === null ? (
        page.failure === null ? (
          <Busy />
        ) : (
          <Refusal code={page.failure} onRetry={page.again} />
        )
      ) : page.value.rows.length === 0 ? (
        <Empty text={t('shop.ledger.empty')} />
      ) : (
        <>
          <LedgerTable caption={t('shop.staff.parts.ledger')} rows={page.value.rows} isOfOne={product !== null} />
          <LeafButtons leafing={leafing} next={page.value.next} />
        </>
      )}
    </>
  )
}
