import { Button } from '@mantine/core'
import type { NotaryPeerView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { useHostNow } from '../../../stores/context.tsx'
import styles from './chain-part.module.css'
import { checkWords } from './check-words.ts'

interface ExaminationProps {
  readonly examination: NotaryPeerView['examination']
  onGo(index: number): void
}

/** What a peer found when it computed everything anew. */
export function Examination({ examination, onGo }: ExaminationProps) {
  const { t, format } = useWords()
  const now = useHostNow()
  const ageOf = (wallMs: number): string =>
    now - wallMs < 1_000 ? t('common.age.now') : t('common.age.ago', { time: format.coarse(now - wallMs) })
  const words = (): string => {
    if (examination.kind === 'none') return t('notary.chain.examination.none')
    if (examination.kind === 'running') {
      const { index, size } = examination
      return t('notary.chain.examination.running', { index: format.number(index), size: format.number(size) })
    }
    const age = ageOf(examination.wallMs)
    if (examination.kind === 'sound') {
      return t('notary.chain.examination.sound', { size: format.number(examination.size), age })
    }
    const check = checkWords(examination.check, t)
    return t('notary.chain.examination.broken', { index: format.number(examination.index), check, age })
  }
  return (
    <div className={styles.examination} data-kind={examination.kind} role="status">
      <p>{words()}</p>
      {examination.kind === 'broken' ? (
        <p data-testid="healing" data-heals={examination.isHealing}>
          {t(examination.isHealing ? 'notary.chain.examination.heals' : 'notary.chain.examination.waits')}
        </p>
      ) : null}
      {examination.kind === 'broken' ? (
        <Button size="compact-xs" variant="default" data-testid="go-to-break" onClick={() => onGo(examination.index)}>
          {t('notary.chain.goThere', { index: format.number(examination.index) })}
        </Button>
      ) : null}
    </div>
  )
}
