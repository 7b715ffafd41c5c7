import { Button, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { deskLimits } from '#contract/worker/desk'
import { hashOnce } from '../../../hashing/hash-once.ts'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './check-part.module.css'
import { Slot } from './slot.tsx'

/** The document that is held against a receipt. */
export type Checked =
  | { readonly kind: 'hashing'; readonly name: string; readonly percent: number }
  | { readonly kind: 'ready'; readonly name: string; readonly sha256: string }
  | { readonly kind: 'unreadable'; readonly name: string }

interface DocumentSlotProps {
  readonly document: Checked | null
  onDocument(document: Checked | null): void
}

export function DocumentSlot({ document, onDocument }: DocumentSlotProps) {
  const { t } = useWords()
  const [text, setText] = useState<string | null>(null)
  const turn = useRef(0)
  const remove = (): void => {
    turn.current += 1
    onDocument(null)
  }
  const take = async (file: Blob, name: string): Promise<void> => {
    turn.current += 1
    const mine = turn.current
    onDocument({ kind: 'hashing', name, percent: 0 })
    const sha256 = await hashOnce(file, (bytes) => {
      const percent = file.size === 0 ? 0 : Math.floor((bytes / file.size) * 100)
      if (mine === turn.current) onDocument({ kind: 'hashing', name, percent })
    })
    // Another document may have been given in the meantime.
    if (mine === turn.current)
      onDocument(sha256 === null ? { kind: 'unreadable', name } : { kind: 'ready', name, sha256 })
  }
  return (
    <Slot
      title={t('notary.check.document')}
      text={t('notary.check.documentText')}
      testId="check-document"
      content={document === null ? null : <Content document={document} />}
      onFile={(file) => void take(file, file.name)}
      onRemove={remove}
    >
      <Button
        size="xs"
        variant="default"
        aria-expanded={text !== null}
        onClick={() => setText(text === null ? '' : null)}
      >
        {t('notary.check.text')}
      </Button>
      {text === null ? null : (
        <Textarea
          className={styles.wide}
          size="xs"
          label={t('notary.check.textBody')}
          rows={3}
          maxLength={deskLimits.textCharsMax}
          value={text}
          data-testid="check-text"
          onChange={({ currentTarget: { value } }) => {
            setText(value)
            if (value === '') remove()
            else void take(new Blob([value]), t('notary.text'))
          }}
        />
      )}
    </Slot>
  )
}

function Content({ document }: { readonly document: Checked }) {
  const { t, format } = useWords()
  return (
    <div data-testid="checked-document" data-kind={document.kind}>
      <p className={styles.name}>{document.name}</p>
      {document.kind === 'ready' ? (
        <code className={styles.hash}>{document.sha256}</code>
      ) : (
        <p className={styles.hint} role="status">
          {document.kind === 'hashing'
            ? t('notary.check.hashing', { percent: format.percent(document.percent) })
            : t('notary.check.unreadable')}
        </p>
      )}
    </div>
  )
}
