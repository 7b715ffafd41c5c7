import { useEffect, useState } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { useDeskRevision, useNotaryLeader } from '../use-status.ts'
import styles from './check-part.module.css'
import { Verdict } from './verdict.tsx'

interface FoundProps {
  readonly sha256: string
  readonly turn: number
  onApprove(): void
}

/** Only the document was given: the register is asked for it, and its receipt is judged like any other. */
export function Found({ sha256, turn, onApprove }: FoundProps) {
  const { t } = useWords()
  const { answer, again } = useAnswer('notary.find', { sha256 })
  const leader = useNotaryLeader()
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const [first] = answer.value.records
  if (first === undefined) {
    return (
      <div className={styles.sentence} data-tone="bad" data-testid="not-found">
        <p className={styles.big}>{t('notary.check.notFound')}</p>
        <p>{t(leader === null ? 'notary.check.notFoundLate' : 'notary.check.notFoundHint')}</p>
      </div>
    )
  }
  return (
    <>
      <h2>{t('notary.check.found')}</h2>
      <ul className={styles.records}>
        {answer.value.records.map((record) => (
          <li key={record.index}>
            <RecordLine record={record} />
          </li>
        ))}
      </ul>
      <OwnReceipt index={first.index} sha256={sha256} turn={turn} onApprove={onApprove} />
    </>
  )
}

function RecordLine({ record }: { readonly record: RecordView }) {
  const { t, format } = useWords()
  const who = record.registrant || t('notary.unnamed')
  const when = format.moment(record.atMs)
  return t('notary.check.foundAs', { index: format.number(record.index), title: record.title, who, when })
}

function OwnReceipt({ index, sha256, turn, onApprove }: FoundProps & { readonly index: number }) {
  const { t } = useWords()
  const revision = useDeskRevision()
  const [beat, setBeat] = useState(revision)
  const { answer, again } = useFreshAnswer('notary.receipt', { index }, beat)
  const isToCome = answer?.ok === false && answer.failure.code === 'not-ready'
  // A proof that is here stays as it is; one that is not is asked for whenever the desk has news.
  useEffect(() => {
    if (isToCome) setBeat(revision)
  }, [isToCome, revision])
  if (answer === null) return <Busy />
  if (isToCome) return <p>{t('notary.check.receiptNotReady')}</p>
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const receipt = { kind: 'text', text: answer.value.receipt } as const
  return <Verdict receipt={receipt} sha256={sha256} turn={turn} onApprove={onApprove} />
}
