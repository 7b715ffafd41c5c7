import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { catalogueSizes } from '#contract/worker/sizes'
import type { ClusterId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import styles from './staff.module.css'

interface ReplicaAddProps {
  readonly clusterId: ClusterId
  readonly canAdd: boolean
}

/** One more copy of the catalogue, while people buy. */
export function ReplicaAdd({ clusterId, canAdd }: ReplicaAddProps) {
  const { t, format } = useWords()
  const { call } = useActions()
  const [isAdding, setAdding] = useState(false)
  const add = async (): Promise<void> => {
    setAdding(true)
    await call('shop.addReplica', { clusterId })
    setAdding(false)
  }
  const { min, max } = catalogueSizes
  return (
    <div className={styles.addReplica}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        loading={isAdding}
        disabled={!canAdd}
        data-testid="shop-replica-add"
        onClick={() => void add()}
      >
        {t('shop.replicas.add')}
      </Button>
      <p className={styles.soft}>{t('shop.replicas.addLead', { min: format.number(min), max: format.number(max) })}</p>
    </div>
  )
}
