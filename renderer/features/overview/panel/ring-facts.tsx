import type { RingPeerFacts } from '#contract/worker/ring'
import { listed } from '../../../i18n/sentences/listed.ts'
import type { Speech } from '../../../i18n/use-words.ts'
import { Fact } from './fact.tsx'

interface RingFactsProps {
  readonly facts: RingPeerFacts
  readonly speech: Speech
}

/** Whom a peer of the ring follows, whom it counts and doubts, and what it waits for. */
export function RingFacts({ facts, speech }: RingFactsProps) {
  const { t, format, language } = speech
  const { members, leader, next, localHealth } = facts
  const named = (id: string | null): string =>
    id === null ? t('ring.nobody') : (members.find((member) => member.id === id)?.name ?? id)
  const doubts = members.flatMap(({ name, state }) =>
    state === 'well' ? [] : [`${name}: ${t(`ring.marks.${state}`)}`],
  )
  const refused = Object.values(facts.refused).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <Fact name={t('ring.columns.state')}>{t(`ring.states.${facts.state}`)}</Fact>
      <Fact name={t('ring.columns.leader')}>{t('ring.inTerm', { leader: named(leader), term: facts.term })}</Fact>
      <Fact name={t('panel.members')}>
        {members.length === 0
          ? t('panel.nobody')
          : listed(
              members.map(({ name }) => name),
              language,
            )}
      </Fact>
      <Fact name={t('ring.columns.next')}>{named(next)}</Fact>
      <Fact name={t('ring.columns.doubts')}>{doubts.length === 0 ? t('ring.nobody') : doubts.join(', ')}</Fact>
      <Fact name={t('ring.columns.records')}>{format.number(facts.records)}</Fact>
      <Fact name={t('ring.underWay')}>{format.number(facts.underWay + facts.waiting)}</Fact>
      <Fact name={t('ring.troubles.columns.refused')}>{format.number(refused)}</Fact>
      <Fact name={t('ring.troubles.columns.machine')}>
        {localHealth === 0
          ? t('ring.troubles.well')
          : t('ring.troubles.slow', { times: format.number(localHealth + 1) })}
      </Fact>
    </>
  )
}
