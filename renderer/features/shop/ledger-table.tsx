import type { LedgerRow } from '#contract/worker/shop-shapes'
import { useWords } from '../../i18n/use-words.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { useProductNames } from './product-names.ts'

interface LedgerTableProps {
  readonly caption: string
  readonly rows: readonly LedgerRow[]
  /** All rows are of one product, whose name is said above. */
  readonly isOfOne?: boolean
}

/** Movements of stock, each with what it left behind. */
export function LedgerTable({ caption, rows, isOfOne = false }: LedgerTableProps) {
  const { t, format } = useWords()
  const nameOf = useProductNames(isOfOne ? [] : rows.map(({ product }) => product))
  const columns: readonly Column[] = [
    { key: 'number', title: t('shop.ledger.number') },
    { key: 'time', title: t('common.time') },
    ...(isOfOne ? [] : [{ key: 'product', title: t('shop.staff.columns.product') }]),
    { key: 'kind', title: t('shop.ledger.kind') },
    { key: 'change', title: t('shop.ledger.change'), isNumber: true },
    { key: 'onHand', title: t('shop.staff.columns.onHand'), isNumber: true },
    { key: 'reserved', title: t('shop.staff.columns.reserved'), isNumber: true },
    { key: 'available', title: t('shop.staff.columns.available'), isNumber: true },
    { key: 'by', title: t('shop.ledger.by') },
    { key: 'why', title: t('shop.ledger.why') },
    { key: 'logIndex', title: t('shop.ledger.logIndex'), isNumber: true },
  ]
  return (
    <Table
      caption={caption}
      isCaptionHidden
      columns={columns}
      testId="shop-ledger-rows"
      rows={rows.map((row) => ({
        key: String(row.number),
        cells: [
          <span key="number" data-testid={`shop-movement-${row.number}`} data-kind={row.kind}>
            {format.number(row.number)}
          </span>,
          <time key="time" dateTime={new Date(row.atMs).toISOString()} title={format.moment(row.atMs)}>
            {format.clock(row.atMs)}
          </time>,
          ...(isOfOne ? [] : [nameOf(row.product)]),
          t(`shop.movements.${row.kind}`),
          changeWords(row, (key, value) => t(key, { value: format.number(value) })),
          format.number(row.onHand),
          format.number(row.reserved),
          format.number(row.available),
          <code key="by">{row.order === null ? row.by : row.order.slice(0, 12)}</code>,
          row.why,
          format.number(row.logIndex),
        ],
      }))}
    />
  )
}

type ChangeKey =
  | 'shop.ledger.onHandUp'
  | 'shop.ledger.onHandDown'
  | 'shop.ledger.reservedUp'
  | 'shop.ledger.reservedDown'

function changeWords(
  { onHandChange, reservedChange }: LedgerRow,
  say: (key: ChangeKey, value: number) => string,
): string {
  const parts = [
    ...(onHandChange === 0
      ? []
      : [say(onHandChange > 0 ? 'shop.ledger.onHandUp' : 'shop.ledger.onHandDown', Math.abs(onHandChange))]),
    ...(reservedChange === 0
      ? []
      : [say(reservedChange > 0 ? 'shop.ledger.reservedUp' : 'shop.ledger.reservedDown', Math.abs(reservedChange))]),
  ]
  return parts.length === 0 ? '–' : parts.join(', ')
}
