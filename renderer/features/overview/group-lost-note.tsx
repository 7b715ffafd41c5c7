import { Button } from '@mantine/core'
import { IconDatabaseOff } from '@tabler/icons-react'
import { listed } from '../../i18n/sentences/listed.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActions } from '../../stores/context.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import styles from './group-lost-note.module.css'
import { useStory } from './use-story.ts'

/** A group that will never decide anything again says so, and what to do: waiting would be in vain. */
export function GroupLostNote({ clusterId }: { readonly clusterId: string }) {
  const { t, language } = useWords()
  const actions = useActions()
  const story = useStory(clusterId)
  if (story.kind !== 'lost') return null
  const { left } = story
  const words = { lost: listed(story.lost, language), left: listed(left, language) }
  return (
    <section className={styles.note} aria-label={t('overview.lostNote.title')} data-testid="group-lost">
      <IconDatabaseOff size={22} aria-hidden="true" />
      <div className={styles.words}>
        <h2>{t('overview.lostNote.title')}</h2>
        <p>
          <Sentence text={t(left.length === 0 ? 'overview.lostNote.textNobody' : 'overview.lostNote.text', words)} />
        </p>
        <p>{t('overview.lostNote.todo')}</p>
        <div className={styles.buttons}>
          {left.map((node) => (
            <Button key={node} size="xs" variant="default" onClick={() => actions.go({ page: 'overview', part: node })}>
              {t('overview.lostNote.look', { node })}
            </Button>
          ))}
          <Button size="xs" variant="default" onClick={() => actions.go({ page: 'settings' })}>
            {t('overview.lostNote.reset')}
          </Button>
        </div>
      </div>
    </section>
  )
}
