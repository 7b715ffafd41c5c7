import type { NodeCard } from '#contract/window/topology'
import type { RingPeerFacts } from '#contract/worker/ring'
import { type Speech, useWords } from '../../i18n/use-words.ts'
import { useHostNow } from '../../stores/context.tsx'
import { spokenFacts } from '../../stores/derived/rings.ts'
import styles from './ring-page.module.css'

interface PeersTableProps {
  readonly cards: readonly NodeCard[]
}

/** What each peer of this lab believes, in its own words; the twin of the picture. */
export function PeersTable({ cards }: PeersTableProps) {
  const { t, format } = useWords()
  const now = useHostNow()
  const names = new Map(
    cards.flatMap(({ view }) => (view?.ring?.members ?? []).map(({ id, name }) => [id, name] as const)),
  )
  const nameOf = (id: string | null): string => (id === null ? t('ring.nobody') : (names.get(id) ?? id))
  const doubtsOf = ({ members }: RingPeerFacts): string =>
    members
      .flatMap(({ name, state }) => (state === 'well' ? [] : [`${name}: ${t(`ring.marks.${state}`)}`]))
      .join(', ') || t('ring.nobody')
  return (
    <table className={styles.beliefs} data-testid="ring-beliefs">
      <caption>{t('ring.beliefs')}</caption>
      <thead>
        <tr>
          {(['peer', 'state', 'leader', 'next', 'doubts', 'records'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`ring.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => {
          const facts = spokenFacts(card, now)
          return (
            <tr key={card.id} data-testid={`ring-belief-${card.id}`} data-state={facts?.state ?? 'none'}>
              <th scope="row">{card.view?.ring?.name ?? card.id}</th>
              <td>{facts === null ? whySilent(card, t) : t(`ring.states.${facts.state}`)}</td>
              <td>{facts === null ? '–' : t('ring.inTerm', { leader: nameOf(facts.leader), term: facts.term })}</td>
              <td>{facts === null ? '–' : nameOf(facts.next)}</td>
              <td>{facts === null ? '–' : doubtsOf(facts)}</td>
              <td>{facts === null ? '–' : format.number(facts.records)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function whySilent({ state, view }: NodeCard, t: Speech['t']): string {
  if (state.kind !== 'running') return t('ring.marks.stopped')
  return view?.isPaused === true ? t('ring.marks.paused') : t('ring.marks.silent')
}
