import { Tabs } from '@mantine/core'
import { useStore } from 'zustand'
import { useWords } from '../../../i18n/use-words.ts'
import { useShopClient } from '../../../stores/context.tsx'
import { OrderList } from '../orders/orders-part.tsx'
import { LedgerPart } from './ledger-part.tsx'
import { NetworkPart } from './network-part.tsx'
import { ProductsPart } from './products-part.tsx'
import { ReplicasPart } from './replicas-part.tsx'
import { ReservationsPart } from './reservations-part.tsx'
import styles from './staff.module.css'

const parts = ['products', 'orders', 'ledger', 'reservations', 'replicas', 'network'] as const

/** The shop from behind its counter. */
export function StaffPart() {
  const { t } = useWords()
  const client = useShopClient()
  const part = useStore(client.store, ({ staffPart }) => staffPart)
  return (
    <Tabs
      value={part}
      onChange={(one) => client.store.setState({ staffPart: one ?? 'products' })}
      variant="pills"
      keepMounted={false}
      className={styles.staff}
      data-testid="shop-staff"
    >
      <Tabs.List aria-label={t('shop.staff.title')}>
        {parts.map((part) => (
          <Tabs.Tab key={part} value={part} data-testid={`shop-staff-${part}`}>
            {t(`shop.staff.parts.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="products" className={styles.panel}>
        <ProductsPart />
      </Tabs.Panel>
      <Tabs.Panel value="orders" className={styles.panel}>
        <OrderList of={{ kind: 'all' }} isStaff />
      </Tabs.Panel>
      <Tabs.Panel value="ledger" className={styles.panel}>
        <LedgerPart />
      </Tabs.Panel>
      <Tabs.Panel value="reservations" className={styles.panel}>
        <ReservationsPart />
      </Tabs.Panel>
      <Tabs.Panel value="replicas" className={styles.panel}>
        <ReplicasPart />
      </Tabs.Panel>
      <Tabs.Panel value="network" className={styles.panel}>
        <NetworkPart />
      </Tabs.Panel>
    </Tabs>
  )
}
