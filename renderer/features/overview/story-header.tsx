import { Button, SegmentedControl } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { leaderWords } from '../../i18n/sentences/leader.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useHands, useTopology, useUi } from '../../stores/context.tsx'
import type { Condition } from '../../stores/derived/condition.ts'
import type { LeaderStory } from '../../stores/derived/leader-story.ts'
import { ConditionSign } from '../../ui/condition-sign.tsx'
import { Sentence } from '../../ui/sentence.tsx'
import { BeliefSelect } from './belief-select.tsx'
import { ReadingHelp } from './reading-help.tsx'
import styles from './story-header.module.css'
import { useStory } from './use-story.ts'

const signs: Record<LeaderStory['kind'], Condition> = {
  leads: 'leader',
  'leads-alone': 'candidate',
  electing: 'candidate',
  'no-leader': 'unknown',
  halted: 'down',
  lost: 'down',
  starting: 'starting',
  stopped: 'stopped',
  stale: 'stale',
  unled: 'serving',
  ring: 'leader',
  'ring-split': 'candidate',
  'ring-leaderless': 'candidate',
  'ring-silent': 'down',
  'ring-forming': 'seeking',
}

/** One sentence before any picture: who leads, and why. */
export function StoryHeader({ clusterId }: { readonly clusterId: string }) {
  const speech = useWords()
  const { t } = speech
  const { stores } = useHands()
  const look = useUi((state) => state.look)
  const story = useStory(clusterId)
  const { head, rest } = leaderWords(story, speech)
  return (
    <header className={styles.header} data-story={story.kind} data-testid="story">
      <ConditionSign condition={signs[story.kind]} size={46} />
      <div className={styles.words}>
        <h1 className={styles.head}>
          <span className="hidden-visually">{t('overview.title')}: </span>
          <Sentence text={head} />
          <ReadingHelp />
        </h1>
        {rest.length === 0 ? null : (
          <p className={styles.rest}>
            <Sentence text={capital(rest.join(' '))} />
          </p>
        )}
      </div>
      <div className={styles.tools}>
        <BeliefSelect />
        <SegmentedControl
          size="xs"
          aria-label={t('common.view')}
          value={look}
          data={[
            { value: 'picture', label: t('common.picture') },
            { value: 'table', label: t('common.table') },
          ]}
          onChange={(value) => stores.ui.setState({ look: value === 'table' ? 'table' : 'picture' })}
        />
        <ClusterButton clusterId={clusterId} />
      </div>
    </header>
  )
}

function ClusterButton({ clusterId }: { readonly clusterId: string }) {
  const { t } = useWords()
  const actions = useActions()
  const isStopped = useTopology(({ snapshot }) =>
    Boolean(snapshot?.clusters.some(({ id, state }) => id === clusterId && state === 'stopped')),
  )
  const Icon = isStopped ? IconPlayerPlay : IconPlayerStop
  return (
    <Button
      size="xs"
      variant={isStopped ? 'filled' : 'default'}
      leftSection={<Icon size={15} aria-hidden="true" />}
      data-testid={isStopped ? 'start-cluster' : 'stop-cluster'}
      onClick={() => void actions.call(isStopped ? 'clusters.start' : 'clusters.stop', { clusterId })}
    >
      {t(isStopped ? 'common.start' : 'common.stop')}
    </Button>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
