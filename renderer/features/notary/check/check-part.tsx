import { useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import styles from './check-part.module.css'
import { type Checked, DocumentSlot } from './document-slot.tsx'
import { Found } from './found.tsx'
import { Policies } from './policies.tsx'
import { type GivenReceipt, ReceiptSlot } from './receipt-slot.tsx'
import { TakePage } from './take-page.tsx'
import { Verdict } from './verdict.tsx'

/** Is this the document, and who says so? */
export function CheckPart() {
  const { t } = useWords()
  const [document, setDocument] = useState<Checked | null>(null)
  const [receipt, setReceipt] = useState<GivenReceipt | null>(null)
  // Whoever approves keys or withdraws them is told the verdict anew.
  const [turn, setTurn] = useState(0)
  const sha256 = document?.kind === 'ready' ? document.sha256 : null
  const isHashing = document?.kind === 'hashing'
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <p className={styles.lead}>{t('notary.check.lead')}</p>
        <DocumentSlot document={document} onDocument={setDocument} />
        <ReceiptSlot receipt={receipt} onReceipt={setReceipt} />
        <Policies turn={turn} onChange={() => setTurn((count) => count + 1)} />
        <TakePage />
      </div>
      <section
        className={styles.sheet}
        aria-label={t('notary.check.answer')}
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        data-testid="check-answer"
      >
        {isHashing || (sha256 === null && receipt === null) ? (
          <Empty title={t('notary.check.emptyTitle')} text={t('notary.check.emptyText')} />
        ) : receipt !== null ? (
          <Verdict
            receipt={receipt.source}
            sha256={sha256}
            turn={turn}
            onApprove={() => setTurn((count) => count + 1)}
          />
        ) : (
          <Found sha256={sha256 ?? ''} turn={turn} onApprove={() => setTurn((count) => count + 1)} />
        )}
      </section>
    </div>
  )
}
