import type { OutboxItem } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { hexagon } from '../../../ui/hexagon.ts'
import { ReceiptMenu } from '../receipt-menu.tsx'
import styles from './outbox-row.module.css'
import { type Station, stationsOf, wayOf } from './way.ts'

interface OutboxRowProps {
  readonly item: OutboxItem
  readonly peers: number
}

export function OutboxRow({ item, peers }: OutboxRowProps) {
  const speech = useWords()
  const { order, state, record } = item
  const hasReceipt = record !== null && (state === 'co-signed' || state === 'already')
  const way = wayOf(item, peers, speech)
  return (
    <div
      className={styles.row}
      data-testid="outbox-item"
      data-state={state}
      data-index={record?.index ?? ''}
      data-title={order.title}
    >
      <Stations stations={stationsOf(item, peers)} state={state} />
      <div className={styles.words}>
        <p className={styles.title} title={order.title}>
          {order.title}
        </p>
        <p className={styles.way} title={way}>
          {way}
        </p>
      </div>
      {hasReceipt ? <ReceiptMenu index={record.index} title={record.title} /> : null}
    </div>
  )
}

/** The sentence beside it says the same. */
function Stations({ stations, state }: Pick<OutboxItem, 'state'> & { readonly stations: readonly Station[] }) {
  return (
    <svg className={styles.stations} data-state={state} viewBox="0 0 80 18" aria-hidden="true" focusable="false">
      {stations.map(({ name, done }, place) => (
        <path key={name} data-done={done} d={hexagon({ x: 9 + place * 15.5, y: 9, radius: 7 })} />
      ))}
    </svg>
  )
}
