import { useWords } from '../../i18n/use-words.ts'
import { useStory } from './use-story.ts'

/** Tells a screen reader when another node leads, and nothing more often than that. */
export function LeaderAnnouncer({ clusterId }: { readonly clusterId: string }) {
  const { t } = useWords()
  const story = useStory(clusterId)
  return (
    <p className="hidden-visually" aria-live="polite" data-testid="leader-announcer">
      {story.kind === 'leads' || story.kind === 'ring'
        ? t('overview.changedLeader', { leader: story.leader, term: story.term })
        : ''}
    </p>
  )
}
