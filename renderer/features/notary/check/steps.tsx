import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import type { CheckStep } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './steps.module.css'

const icons = { right: IconCircleCheck, wrong: IconCircleX, 'not-made': IconCircleDashed } as const

/** The proof, one check after the other, with the values that were held against each other. */
export function Steps({ steps }: { readonly steps: readonly CheckStep[] }) {
  const { t } = useWords()
  if (steps.length === 0) return null
  return (
    <section>
      <h2>{t('notary.check.steps')}</h2>
      <ol className={styles.steps}>
        {steps.map(({ check, outcome, values }) => {
          const Icon = icons[outcome]
          return (
            <li key={check} className={styles.step} data-testid={`step-${check}`} data-outcome={outcome}>
              <Icon size={20} aria-hidden="true" />
              <div>
                <h3>
                  {t(`notary.check.step.${check}.title`)}
                  <span className={styles.outcome}>{t(`notary.check.outcome.${outcome}`)}</span>
                </h3>
                <p>{t(`notary.check.step.${check}.text`)}</p>
                {values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the values of one check never change their order.
                  <code key={index}>{value}</code>
                ))}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
