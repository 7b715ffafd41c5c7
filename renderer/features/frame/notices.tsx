import { CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { failures } from '#kit/failures'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useProblems } from '../../stores/context.tsx'
import { type Problem, withoutProblem } from '../../stores/problems.ts'
import { Sentence } from '../../ui/sentence.tsx'
import styles from './notices.module.css'

/** What went wrong, in sentences, below the page and never over it. They stay until dismissed, or until solved. */
export function Notices() {
  const { t } = useWords()
  const { stores } = useHands()
  const problems = useProblems((state) => state.problems)
  return (
    <section className={styles.notices} aria-label={t('frame.problems')} aria-live="polite">
      {problems.map((problem) => (
        <Notice
          key={problem.key}
          problem={problem}
          onDismiss={() => stores.problems.setState((state) => withoutProblem(state, problem.key))}
        />
      ))}
    </section>
  )
}

function Notice({ problem, onDismiss }: { readonly problem: Problem; readonly onDismiss: () => void }) {
  const { t, format } = useWords()
  const { code, nodeId, times, atMs } = problem
  const title = t(`failures.${code}.title`)
  return (
    <article className={styles.notice} data-testid="notice" data-code={code}>
      <IconAlertTriangle className={styles.sign} size={20} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>
          <Sentence text={nodeId === null ? title : t('problem.at', { node: nodeId, title })} />
        </p>
        <p>{t(`failures.${code}.hint`)}</p>
        {failures[code].definite ? null : <p>{t('problem.maybe')}</p>}
        <p className={styles.small}>
          {format.clock(atMs)} · {t('problem.code', { code })}
          {times > 1 ? ` · ${t('problem.repeated', { times: format.number(times) })}` : ''}
        </p>
      </div>
      <CloseButton size="sm" aria-label={t('frame.dismiss')} onClick={onDismiss} />
    </article>
  )
}
