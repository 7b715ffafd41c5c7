import { useWords } from '../../../i18n/use-words.ts'
import styles from './talk.module.css'

interface MentionListProps {
  readonly id: string
  readonly names: readonly string[]
  readonly chosen: number
  onChoose(name: string): void
}

export function MentionList({ id, names, chosen, onChoose }: MentionListProps) {
  const { t } = useWords()
  if (names.length === 0) return null
  return (
    <div id={id} className={styles.mentions} role="listbox" aria-label={t('chat.talk.mentionList')}>
      {names.map((name, index) => (
        <div
          key={name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={styles.mention}
          data-testid="chat-mention"
          // The field keeps the focus: its keys choose here.
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(name)
          }}
        >
          @{name}
        </div>
      ))}
    </div>
  )
}
