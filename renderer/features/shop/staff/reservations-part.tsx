import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow } from '../../../stores/context.tsx'
import { Age } from '../../../ui/age.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { Table } from '../../../ui/table.tsx'
import { LeafButtons } from '../leaf-buttons.tsx'
import { useLeafing, useStanding } from '../use-shop.ts'
import styles from './staff.module.css'

const rowsPerPage = 50

/** What is kept for orders that are not confirmed yet, and until when. */
export function ReservationsPart() {
  const { t, format } = useWords()
  const now = useHostNow()
  const leafing = useLeafing('reservations')
  const page = useStanding('shop.reservations', { after: leafing.after, limit: rowsPerPage })
  if (page.value === null)
    return page.failure === null ? <Busy /> : <Refusal code={page.failure} onRetry={page.again} />
  if (page.value.reservations.length === 0) return <Empty text={t('shop.reservations.empty')} />
  return (
    <>
      <p className={styles.soft}>{t('shop.reservations.lead')}</p>
      <Table
        caption={t('shop.staff.parts.reservations')}
        isCaptionHidden
        columns={[
          { key: 'order', title: t('shop.reservations.order') },
          { key: 'lines', title: t('shop.reservations.lines') },
          { key: 'since', title: t('shop.reservations.since') },
          { key: 'until', title: t('shop.reservations.until') },
        ]}
        rows={page.value.reservations.map(({ order, lines, reservedAtMs, expiresAtMs }) => ({
          key: order,
          cells: [
            <code key="order">{order.slice(0, 12)}</code>,
            lines.map(({ quantity, name }) => t('shop.line', { count: quantity, name })).join(', '),
            <Age key="since" wallMs={reservedAtMs} />,
            expiresAtMs <= now
              ? t('shop.reservations.over')
              : t('common.age.left', { time: format.coarse(expiresAtMs - now) }),
          ],
        }))}
        testId="shop-reservation-rows"
      />
      <LeafButtons leafing={leafing} next={page.value.next} />
    </>
  )
}
