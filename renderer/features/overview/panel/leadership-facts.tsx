import type { LeadershipView } from '#contract/worker/view'
import { listed } from '../../../i18n/sentences/listed.ts'
import type { Speech } from '../../../i18n/use-words.ts'
import { Fact } from './fact.tsx'

interface LeadershipFactsProps {
  readonly view: LeadershipView
  readonly self: string
  readonly speech: Speech
}

/** Whom the node follows, whom it counts, and who should lead. */
export function LeadershipFacts({ view, self, speech }: LeadershipFactsProps) {
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
      <Fact name={t('panel.members')}>
        {view.members.length === 0 ? t('panel.nobody') : listed(view.members, language)}
      </Fact>
      {view.learners.length === 0 ? null : <Fact name={t('panel.learners')}>{listed(view.learners, language)}</Fact>}
      {view.lost.length === 0 ? null : <Fact name={t('panel.lost')}>{listed(view.lost, language)}</Fact>}
      <Fact name={t('panel.favourite')}>{named(view.favourite, t('panel.noFavourite'))}</Fact>
      {view.handingOverTo === null ? null : <Fact name={t('panel.handingOverTo')}>{view.handingOverTo}</Fact>}
      {/* A name and no quantity: its digits are not grouped. */}
      <Fact name={t('panel.incarnation')}>{String(view.incarnation)}</Fact>
    </>
  )
}
