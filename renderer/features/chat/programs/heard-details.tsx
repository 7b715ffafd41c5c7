import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ChatForeignEvent } from '#contract/window/chat'
import type { ForeignEvent } from '#contract/worker/chat'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './programs.module.css'
import { isConformanceName } from './rules.ts'

/** One message from near: rule by rule, what it said and what it was told. */
export function HeardDetails({ event }: { readonly event: ChatForeignEvent | null }) {
  const { t } = useWords()
  if (event === null) return <p className={`${styles.details} ${styles.soft}`}>{t('chat.programs.choose')}</p>
  const { rules, payload, answer, at } = event
  // What is broken is what one came for.
  const sorted = [...rules].sort((one, other) => Number(one.isKept) - Number(other.isKept))
  return (
    <div className={styles.details} data-testid="chat-heard-details">
      <ul className={styles.findings}>
        {sorted.map((finding) => (
          <Finding key={finding.rule} finding={finding} />
        ))}
      </ul>
      <div className={styles.contents}>
        <h3>{t('chat.programs.payload')}</h3>
        <Shown name={t('chat.programs.payload')} text={payload} />
        {at === 'publication' || at === 'server' ? null : (
          <>
            <h3>{t('chat.programs.answer')}</h3>
            {answer === null ? (
              <p className={styles.soft}>{t('chat.programs.noAnswer')}</p>
            ) : (
              <Shown name={t('chat.programs.answer')} text={answer} />
            )}
          </>
        )}
      </div>
    </div>
  )
}

function Shown({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
    <figure tabIndex={0} aria-label={name}>
      <pre>{text}</pre>
    </figure>
  )
}

function Finding({ finding: { rule, isKept, detail } }: { readonly finding: ForeignEvent['rules'][number] }) {
  const { t } = useWords()
  const Icon = isKept ? IconCircleCheck : IconCircleX
  return (
    <li data-testid={`chat-rule-${rule}`} data-kept={isKept}>
      <Icon size={16} className={styles.verdict} data-good={isKept} aria-hidden="true" />
      <span>
        <strong>{isConformanceName(rule) ? t(`chat.programs.rules.${rule}.name`) : rule}</strong>{' '}
        {isConformanceName(rule) ? t(`chat.programs.rules.${rule}.${isKept ? 'kept' : 'broken'}`) : ''}
        {detail === '' ? null : <code>{detail}</code>}
      </span>
    </li>
  )
}
