import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { deskLimits, type PolicyView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { useDeskRevision, useNotaryStatus } from '../use-status.ts'
import styles from './check-part.module.css'

interface PoliciesProps {
  readonly turn: number
  onChange(): void
}

/** The keys that count, and how to approve others. */
export function Policies({ turn, onChange }: PoliciesProps) {
  const { t } = useWords()
  const { call } = useActions()
  const revision = useDeskRevision()
  const { answer, again } = useFreshAnswer('notary.policies', {}, `${turn} ${revision}`)
  const { answer: status } = useNotaryStatus()
  const canApproveOwn = status?.ok === true && status.value.policy !== null && !status.value.isApproved
  const approve = async (policy: string | null): Promise<boolean> => {
    const { ok } = await call('notary.approve', { policy })
    if (ok) onChange()
    return ok
  }
  const withdraw = async (fingerprint: string): Promise<void> => {
    const { ok } = await call('notary.withdraw', { fingerprint })
    if (ok) onChange()
  }
  return (
    <section className={styles.sheet} data-testid="policies">
      <h2>{t('notary.check.policies')}</h2>
      <p className={styles.hint}>{t('notary.check.policiesText')}</p>
      {answer === null ? (
        <Busy />
      ) : answer.ok ? (
        <PolicyList policies={answer.value.policies} onWithdraw={(fingerprint) => void withdraw(fingerprint)} />
      ) : (
        <Refusal code={answer.failure.code} onRetry={again} />
      )}
      <div className={styles.buttons}>
        {canApproveOwn ? (
          <Button size="xs" variant="default" data-testid="policy-own" onClick={() => void approve(null)}>
            {t('notary.check.approveOwn')}
          </Button>
        ) : null}
        <Other onApprove={approve} />
      </div>
    </section>
  )
}

interface PolicyListProps {
  readonly policies: readonly PolicyView[]
  onWithdraw(fingerprint: string): void
}

function PolicyList({ policies, onWithdraw }: PolicyListProps) {
  const { t } = useWords()
  const approved = policies.filter(({ isApproved }) => isApproved)
  if (approved.length === 0) return <p className={styles.hint}>{t('notary.check.policiesEmpty')}</p>
  return (
    <ul className={styles.policies}>
      {approved.map(({ fingerprint, origin, text, quorum, witnesses, isOwn }) => (
        <li key={fingerprint} data-testid="policy" data-own={isOwn}>
          <div>
            <p className={styles.name}>
              {origin}
              {isOwn ? <span className={styles.kind}>{t('notary.check.own')}</span> : null}
            </p>
            <code>{fingerprint}</code>
            <p className={styles.hint}>{t('notary.check.witnessesOf', { quorum, witnesses })}</p>
          </div>
          <div className={styles.rowButtons}>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('notary.check.saveKeysOf', { origin })}
              data-testid="save-policy"
              onClick={() => saveFile('policy.txt', text, 'text/plain;charset=utf-8')}
            >
              {t('notary.check.saveKeys')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('notary.check.withdrawOf', { origin })}
              data-testid="withdraw-policy"
              onClick={() => onWithdraw(fingerprint)}
            >
              {t('notary.check.withdraw')}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Other({ onApprove }: { onApprove(policy: string): Promise<boolean> }) {
  const { t } = useWords()
  const [policy, setPolicy] = useState<string | null>(null)
  const approve = async (): Promise<void> => {
    if (policy !== null && (await onApprove(policy))) setPolicy(null)
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-expanded={policy !== null}
        onClick={() => setPolicy(policy === null ? '' : null)}
      >
        {t('notary.check.approveOther')}
      </Button>
      {policy === null ? null : (
        <div className={styles.wide}>
          <Textarea
            size="xs"
            label={t('notary.check.policy')}
            classNames={{ input: styles.mono ?? '' }}
            rows={5}
            maxLength={deskLimits.policyCharsMax}
            value={policy}
            onChange={({ currentTarget: { value } }) => setPolicy(value)}
          />
          <Button mt={8} size="xs" disabled={policy.trim() === ''} onClick={() => void approve()}>
            {t('notary.check.approve')}
          </Button>
        </div>
      )}
    </>
  )
}
