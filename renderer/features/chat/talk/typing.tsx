import { listed } from '../../../i18n/sentences/listed.ts'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './talk.module.css'

/** Its line is always there, so that nothing moves when somebody begins to type. */
export function Typing({ names }: { readonly names: readonly string[] }) {
  const { t, language } = useWords()
  return (
    <p className={styles.typing} data-testid="chat-typing" data-count={names.length}>
      {names.length === 0 ? '' : t('chat.talk.typing', { count: names.length, names: listed(names, language) })}
    </p>
  )
}
