import type { ChatFacts as Facts } from '#contract/worker/chat'
import type { Speech } from '../../../i18n/use-words.ts'
import { Fact } from './fact.tsx'

interface ChatFactsProps {
  readonly facts: Facts
  readonly speech: Speech
}

/** What a node of a chat counts of itself. */
export function ChatFacts({ facts, speech: { t, format } }: ChatFactsProps) {
  return factsOf(facts, { t, format }).map(({ name, value }) => (
    <Fact key={name} name={name}>
      {value}
    </Fact>
  ))
}

interface Line {
  readonly name: string
  readonly value: string
}

function factsOf(facts: Facts, { t, format }: Pick<Speech, 't' | 'format'>): readonly Line[] {
  const line = (name: Parameters<typeof nameOf>[0], value: number): Line => ({
    name: nameOf(name, t),
    value: format.number(value),
  })
  switch (facts.kind) {
    case 'server':
      return [
        { name: t('overview.chat.facts.profile'), value: t(`chat.promises.${facts.profile}.name`) },
        line('messages', facts.messages),
        line('position', facts.position),
        line('publishedUpTo', facts.publishedUpTo),
        line('openRequests', facts.openRequests),
        line('searchLag', facts.searchLag),
      ]
    case 'broker':
      return [
        line('openRequests', facts.open),
        line('answered', facts.answered),
        line('resent', facts.resent),
        line('clients', facts.clients),
        line('foreignServers', facts.foreignServers),
        line('refused', facts.refused),
      ]
    case 'proxy':
      return facts.forwards.map(({ name, from, to, isForwarding }) => ({
        name,
        value: isForwarding ? `${from} → ${to}` : t('overview.chat.facts.isNotForwarding'),
      }))
    case 'reference':
      return facts.servers.map(({ name, rank, isHere }) => ({
        name,
        value: t(isHere ? 'overview.chat.facts.rankHere' : 'overview.chat.facts.rankGone', { rank }),
      }))
    case 'bot':
      return [
        { name: t('overview.chat.facts.name'), value: facts.name },
        line('said', facts.said),
        line('heard', facts.heard),
        line('refused', facts.refused),
      ]
  }
}

type FactName =
  | 'messages'
  | 'position'
  | 'publishedUpTo'
  | 'openRequests'
  | 'searchLag'
  | 'answered'
  | 'resent'
  | 'clients'
  | 'foreignServers'
  | 'refused'
  | 'said'
  | 'heard'

function nameOf(name: FactName, t: Speech['t']): string {
  return t(`overview.chat.facts.${name}`)
}
