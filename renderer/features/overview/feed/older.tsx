import { Button } from '@mantine/core'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useRecording } from '../../../stores/context.tsx'
import type { FeedFilter } from '../../../stores/ui.ts'
import styles from './feed.module.css'

/** The way further back, as long as the recording reaches. Single messages are not fetched: they would fill the window. */
export function Older({ filter }: { readonly filter: FeedFilter }) {
  const { t } = useWords()
  const actions = useActions()
  const hasOlder = useRecording((state) => state.hasOlderStory)
  if (filter === 'all') return null
  if (!hasOlder) return <p className={styles.oldest}>{t('feed.allLoaded')}</p>
  return (
    <Button
      className={styles.older}
      size="compact-xs"
      variant="default"
      data-testid="feed-older"
      onClick={() => void actions.loadOlder()}
    >
      {t('feed.older')}
    </Button>
  )
}
