import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './record-row.module.css'

export const recordRowPx = 46

interface RecordRowProps {
  readonly index: number
  /** null: it is on its way. */
  readonly record: RecordView | null
  readonly isChosen: boolean
  /** Nobody answers, so what is not here is not on its way. */
  readonly isHalted?: boolean
  onChoose(record: RecordView): void
}

export function RecordRow({ index, record, isChosen, isHalted = false, onChoose }: RecordRowProps) {
  const { t, format } = useWords()
  const number = t('notary.number', { index: format.number(index) })
  if (record === null) {
    return (
      <div className={styles.row} aria-busy={!isHalted}>
        <span className={styles.number}>{number}</span>
        <span className={styles.coming}>{t(isHalted ? 'notary.documents.halted' : 'common.loading')}</span>
      </div>
    )
  }
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isChosen}
      data-testid={`record-${index}`}
      onClick={() => onChoose(record)}
    >
      <span className={styles.number}>{number}</span>
      <span className={styles.title}>{record.kind === 'genesis' ? t('notary.genesis') : record.title}</span>
      <span className={styles.who}>{record.kind === 'genesis' ? '' : record.registrant || t('notary.unnamed')}</span>
      <span className={styles.when}>{format.moment(record.atMs)}</span>
    </button>
  )
}
