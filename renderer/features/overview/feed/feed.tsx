import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useRecording, useUi } from '../../../stores/context.tsx'
import { withFeedToggled } from '../../../stores/ui.ts'
import { Empty } from '../../../ui/empty.tsx'
import styles from './feed.module.css'
import { FeedList } from './feed-list.tsx'
import { Losses } from './losses.tsx'
import { Older } from './older.tsx'

/** What happens, in sentences, newest at the bottom. Paused, it keeps counting what it does not show. */
export function Feed() {
  const { t, format } = useWords()
  const { stores } = useHands()
  const filter = useUi((state) => state.feedFilter)
  const heldAt = useUi((state) => state.feedHeldAt)
  const list = useRecording((state) => state[filter])
  const hasAny = useRecording((state) => state.all.length > 0)
  const shown = useMemo(
    () => (heldAt === null ? list : list.filter(({ position }) => position <= heldAt)),
    [list, heldAt],
  )
  const newer = list.length - shown.length
  const Icon = heldAt === null ? IconPlayerPause : IconPlayerPlay
  const label = t(heldAt === null ? 'feed.pause' : 'feed.resume')
  return (
    <section className={styles.feed} aria-label={t('feed.title')} data-testid="feed" data-held={heldAt !== null}>
      <header className={styles.header}>
        <h2>{t('feed.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('feed.filter')}
          value={filter}
          data={[
            { value: 'story', label: t('feed.story') },
            { value: 'all', label: t('feed.all') },
          ]}
          onChange={(value) => stores.ui.setState({ feedFilter: value === 'all' ? 'all' : 'story' })}
        />
        <ActionIcon
          variant="default"
          size={30}
          aria-label={label}
          title={label}
          data-testid="feed-pause"
          onClick={() => {
            const newest = stores.recording.getState().all.at(-1)?.position ?? 0
            stores.ui.setState((state) => withFeedToggled(state, newest))
          }}
        >
          <Icon size={16} aria-hidden="true" />
        </ActionIcon>
      </header>
      {shown.length === 0 ? (
        <Empty text={t(hasAny ? 'feed.emptyFiltered' : 'feed.empty')} />
      ) : (
        <FeedList key={filter} events={shown} isFollowing={heldAt === null} before={<Older filter={filter} />} />
      )}
      {heldAt === null ? null : <p className={styles.held}>{t('feed.paused', { newer: format.number(newer) })}</p>}
      <Losses />
    </section>
  )
}
