import { Button, CopyButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { ReceiptMenu } from '../receipt-menu.tsx'
import styles from './record-details.module.css'

/** All of one record, as the chain has it. */
export function RecordDetails({ record }: { readonly record: RecordView }) {
  const { t, format } = useWords()
  const { index, kind, title, sha256, bytes, atMs, errorMs, text } = record
  const isGenesis = kind === 'genesis'
  return (
    <div className={styles.details}>
      <div className={styles.heading}>
        <h2>{t('notary.documents.details', { index: format.number(index) })}</h2>
        {isGenesis ? null : <ReceiptMenu index={index} title={title} />}
      </div>
      <dl className={styles.facts}>
        <Fact name={t('notary.documents.title')}>{isGenesis ? t('notary.genesis') : title}</Fact>
        {isGenesis ? null : (
          <Fact name={t('notary.documents.registrant')}>{record.registrant || t('notary.unnamed')}</Fact>
        )}
        <Fact name={t('notary.documents.at')}>
          {format.moment(atMs)}
          {isGenesis ? null : (
            <span className={styles.hint}>
              {errorMs === null
                ? t('notary.documents.noError')
                : t('notary.documents.error', { time: format.duration(errorMs) })}
            </span>
          )}
        </Fact>
        {isGenesis ? null : (
          <Fact name={t('notary.documents.leader')}>
            {t('notary.documents.leaderTerm', { leader: record.leader, term: format.number(record.term) })}
          </Fact>
        )}
        {bytes === null ? null : <Fact name={t('notary.documents.size')}>{format.bytes(bytes)}</Fact>}
        <Fact name={t('notary.fingerprint')}>
          <code>{sha256}</code>
          <CopyButton value={sha256}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {t(copied ? 'notary.copied' : 'notary.copyFingerprint')}
              </Button>
            )}
          </CopyButton>
        </Fact>
        <Fact name={t('notary.documents.previous')}>
          <code>{record.previousHash}</code>
        </Fact>
        <Fact name={t('notary.documents.hash')}>
          <code>{record.hash}</code>
        </Fact>
        {text === null ? null : (
          <Fact name={t('notary.documents.text')}>
            <span className={styles.text}>{text}</span>
          </Fact>
        )}
      </dl>
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
