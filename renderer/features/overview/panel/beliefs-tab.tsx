import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { NodeCard } from '#contract/window/topology'
import type { LeadershipView, NodeView } from '#contract/worker/view'
import { listed } from '../../../i18n/sentences/listed.ts'
import { type Speech, useWords } from '../../../i18n/use-words.ts'
import { useHands, useUi } from '../../../stores/context.tsx'
import { Empty } from '../../../ui/empty.tsx'
import styles from './node-panel.module.css'
import { OldView } from './old-view.tsx'

/** What the node itself believes. It may be wrong, and that is the point of looking. */
export function BeliefsTab({ node }: { readonly node: NodeCard }) {
  const speech = useWords()
  const { t, format } = speech
  const { stores } = useHands()
  const isShown = useUi((state) => state.beliefOf === node.id)
  const { view } = node
  if (view === null) return <Empty text={t('panel.noView')} />
  const Icon = isShown ? IconEyeOff : IconEye
  return (
    <>
      <OldView node={node} />
      <dl className={styles.facts} data-testid="beliefs">
        {view.leadership === null ? null : <LeadershipFacts view={view.leadership} self={node.id} speech={speech} />}
        <Fact name={t('panel.lamport')}>{format.number(view.lamport)}</Fact>
        <Fact name={t('panel.canWrite')}>{t(view.canWrite ? 'panel.canWriteYes' : 'panel.canWriteNo')}</Fact>
        {view.skewMs === 0 ? null : <Fact name={t('panel.skew')}>{skewWords(view, speech)}</Fact>}
        <Fact name={t('panel.inbox')}>{format.number(view.inboxLength)}</Fact>
        <Fact name={t('panel.anomalies')}>{format.number(view.anomalies)}</Fact>
        <Fact name={t('panel.dropped')}>{format.number(view.traceDropped)}</Fact>
      </dl>
      <Button
        mt="md"
        size="xs"
        variant={isShown ? 'filled' : 'light'}
        leftSection={<Icon size={16} aria-hidden="true" />}
        data-testid="show-belief"
        onClick={() => stores.ui.setState({ beliefOf: isShown ? null : node.id, look: 'picture' })}
      >
        {t(isShown ? 'panel.hideBelief' : 'panel.showBelief')}
      </Button>
    </>
  )
}

interface LeadershipFactsProps {
  readonly view: LeadershipView
  readonly self: string
  readonly speech: Speech
}

function LeadershipFacts({ view, self, speech }: LeadershipFactsProps) {
  const { t, format, language } = speech
  const named = (id: string | null, nobody: string): string =>
    id === null ? nobody : id === self ? t('panel.itself') : id
  const heard = view.leaderHeardMsAgo
  return (
    <>
      <Fact name={t('panel.leader')}>{named(view.leader, t('panel.noLeader'))}</Fact>
      <Fact name={t('panel.term')}>{format.number(view.term)}</Fact>
      <Fact name={t('panel.votedFor')}>{named(view.votedFor, t('panel.noVote'))}</Fact>
      {heard === null || view.leader === self ? null : (
        <Fact name={t('panel.leaderHeard')}>{t('common.age.ago', { time: format.duration(heard) })}</Fact>
      )}
      {view.answering === null ? null : (
        <Fact name={t('panel.answering')}>
          {t('panel.answeringValue', {
            answering: format.number(view.answering),
            members: format.number(view.members.length),
          })}
        </Fact>
      )}
      <Fact name={t('panel.members')}>{listed(view.members, language)}</Fact>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function skewWords({ skewMs }: NodeView, { format }: Speech): string {
  return `${skewMs < 0 ? '−' : '+'}${format.duration(Math.abs(skewMs))}`
}
