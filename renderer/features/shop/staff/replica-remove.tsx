import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import styles from './staff.module.css'

/** Asks once more: what this copy holds is thrown away. */
export function ReplicaRemove({ node, canRemove }: { readonly node: NodeId; readonly canRemove: boolean }) {
  const { t } = useWords()
  const { call } = useActions()
  const [step, setStep] = useState<'resting' | 'asking' | 'removing'>('resting')
  const keep = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone; the harmless one of the two takes it.
  useEffect(() => {
    if (step === 'asking') keep.current?.focus()
  }, [step])
  const remove = async (): Promise<void> => {
    setStep('removing')
    await call('shop.removeReplica', { nodeId: node })
    setStep('resting')
  }
  if (step === 'resting')
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={!canRemove}
        aria-label={t('shop.replicas.removeNamed', { node })}
        data-testid={`shop-replica-remove-${node}`}
        onClick={() => setStep('asking')}
      >
        {t('shop.replicas.remove')}
      </Button>
    )
  return (
    <span className={styles.rowActions}>
      <Button
        size="compact-sm"
        variant="default"
        loading={step === 'removing'}
        data-testid={`shop-replica-remove-sure-${node}`}
        onClick={() => void remove()}
      >
        {t('shop.replicas.removeSure')}
      </Button>
      <Button
        ref={keep}
        size="compact-sm"
        variant="default"
        disabled={step === 'removing'}
        onClick={() => setStep('resting')}
      >
        {t('shop.replicas.keep')}
      </Button>
    </span>
  )
}
