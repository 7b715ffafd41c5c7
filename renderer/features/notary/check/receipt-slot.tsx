import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { deskLimits, type ReceiptSource } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './check-part.module.css'
import { readReceipt } from './read-receipt.ts'
import { Slot } from './slot.tsx'

export interface GivenReceipt {
  readonly name: string
  readonly source: ReceiptSource
}

interface ReceiptSlotProps {
  readonly receipt: GivenReceipt | null
  onReceipt(receipt: GivenReceipt | null): void
}

export function ReceiptSlot({ receipt, onReceipt }: ReceiptSlotProps) {
  const { t } = useWords()
  const [text, setText] = useState<string | null>(null)
  const [why, setWhy] = useState<'unreadable' | 'notReceipt' | null>(null)
  const take = async (file: File): Promise<void> => {
    const source = await readReceipt(file)
    if (typeof source === 'string') {
      setWhy(source)
      onReceipt(null)
      return
    }
    setWhy(null)
    onReceipt({ name: file.name, source })
  }
  return (
    <Slot
      title={t('notary.check.receipt')}
      text={t('notary.check.receiptText')}
      testId="check-receipt"
      content={receipt === null ? null : <p className={styles.name}>{receipt.name}</p>}
      onFile={(file) => void take(file)}
      onRemove={() => onReceipt(null)}
    >
      <Button
        size="xs"
        variant="default"
        aria-expanded={text !== null}
        onClick={() => setText(text === null ? '' : null)}
      >
        {t('notary.check.paste')}
      </Button>
      {why === null ? null : (
        <p className={styles.wide} role="alert">
          {t(`notary.check.${why}`)}
        </p>
      )}
      {text === null ? null : (
        <div className={styles.wide}>
          <Textarea
            size="xs"
            aria-label={t('notary.check.paste')}
            classNames={{ input: styles.mono ?? '' }}
            rows={6}
            maxLength={deskLimits.receiptCharsMax}
            value={text}
            data-testid="check-paste"
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
          <Button
            mt={8}
            size="xs"
            disabled={text.trim() === ''}
            data-testid="check-pasted"
            onClick={() => {
              setWhy(null)
              onReceipt({ name: t('notary.check.paste'), source: { kind: 'text', text } })
            }}
          >
            {t('notary.check.pasteDone')}
          </Button>
        </div>
      )}
    </Slot>
  )
}
