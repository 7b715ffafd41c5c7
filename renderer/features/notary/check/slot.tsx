import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './check-part.module.css'

interface SlotProps {
  readonly title: string
  readonly text: string
  readonly testId: string
  /** What stands in it; null: nothing yet. */
  readonly content: ReactNode
  /** Other ways to fill it, beside the button. */
  readonly children?: ReactNode
  onFile(file: File): void
  onRemove(): void
}

/** A place for one file, by mouse or by button. */
export function Slot({ title, text, testId, content, children, onFile, onRemove }: SlotProps) {
  const { t } = useWords()
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <section
      className={styles.slot}
      aria-label={title}
      data-over={isOver}
      data-testid={testId}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2>{title}</h2>
      {content ?? <p className={styles.hint}>{text}</p>}
      <div className={styles.buttons}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileImport size={16} aria-hidden="true" />}
          onClick={() => field.current?.click()}
        >
          {t('notary.check.pick')}
        </Button>
        {children}
        {content === null ? null : (
          <Button size="xs" variant="subtle" onClick={onRemove}>
            {t('notary.check.remove')}
          </Button>
        )}
      </div>
      <input
        ref={field}
        hidden
        type="file"
        aria-label={title}
        data-testid={`${testId}-file`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) onFile(file)
          currentTarget.value = ''
        }}
      />
    </section>
  )
}
