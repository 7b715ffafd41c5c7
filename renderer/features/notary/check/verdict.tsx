import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { CheckVerdict, ReceiptSource } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { useNotaryStatus } from '../use-status.ts'
import styles from './check-part.module.css'
import { Signers } from './signers.tsx'
import { Steps } from './steps.tsx'

interface VerdictProps {
  readonly receipt: ReceiptSource
  readonly sha256: string | null
  readonly turn: number
  onApprove(): void
}

/** One sentence first, then what it rests on. */
export function Verdict({ receipt, sha256, turn, onApprove }: VerdictProps) {
  const { answer, again } = useFreshAnswer('notary.check', { receipt, sha256 }, turn)
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const verdict = answer.value
  return (
    <div className={styles.verdict}>
      <Sentence verdict={verdict} hasDocument={sha256 !== null} />
      {verdict.kind === 'unknown-keys' ? <ApproveOwn origin={verdict.origin} onApprove={onApprove} /> : null}
      <Facts facts={verdict.facts} isProven={verdict.kind === 'proven'} />
      <Steps steps={verdict.steps} />
      <Signers verdict={verdict} />
    </div>
  )
}

const icons = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const

function Sentence({ verdict, hasDocument }: { readonly verdict: CheckVerdict; readonly hasDocument: boolean }) {
  const { t, format } = useWords()
  const { kind, facts } = verdict
  const tone = kind === 'proven' ? 'good' : kind === 'unknown-keys' ? 'warn' : 'bad'
  const Icon = icons[tone]
  const index = format.number(facts?.index ?? 0)
  return (
    <div className={styles.sentence} data-tone={tone} data-testid="verdict" data-verdict={kind}>
      <Icon size={28} aria-hidden="true" />
      <p className={styles.big}>
        {kind === 'proven' && !hasDocument
          ? t('notary.check.verdict.provenReceipt', { index })
          : t(`notary.check.verdict.${kind}`, { index })}
      </p>
    </div>
  )
}

/** Offered only where the receipt says that it is of the notary that runs here; the keys are compared all the same. */
function ApproveOwn({ origin, onApprove }: { readonly origin: string | null; readonly onApprove: () => void }) {
  const { t } = useWords()
  const { call } = useActions()
  const { answer } = useNotaryStatus()
  if (!answer?.ok || answer.value.origin === null || answer.value.origin !== origin || answer.value.isApproved)
    return null
  const approve = async (): Promise<void> => {
    const { ok } = await call('notary.approve', { policy: null })
    if (ok) onApprove()
  }
  return (
    <Button className={styles.start} size="sm" data-testid="approve-own" onClick={() => void approve()}>
      {t('notary.check.approveOwn')}
    </Button>
  )
}

/** Without a proof of this very document, they are what the receipt says and no more. */
function Facts({ facts, isProven }: Pick<CheckVerdict, 'facts'> & { readonly isProven: boolean }) {
  const { t, format } = useWords()
  if (facts === null) return null
  const { index, title, registrant, sha256, atMs, errorMs, leader, term } = facts
  const error =
    errorMs === null ? t('notary.documents.noError') : t('notary.documents.error', { time: format.duration(errorMs) })
  const rows = [
    [t('notary.chain.lessonRecord'), t('notary.number', { index: format.number(index) })],
    [t('notary.documents.title'), title],
    [t('notary.documents.registrant'), registrant || t('notary.unnamed')],
    [t('notary.documents.at'), `${format.moment(atMs)} (${error})`],
    [t('notary.documents.leader'), t('notary.documents.leaderTerm', { leader, term: format.number(term) })],
    [t('notary.fingerprint'), sha256],
  ] as const
  return (
    <section data-testid={isProven ? 'proven-facts' : 'claimed-facts'}>
      <h2>{t(isProven ? 'notary.check.proven' : 'notary.check.claimed')}</h2>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
