import type { ChatFacts } from '#contract/worker/chat'
import type { Speech } from '../../../i18n/use-words.ts'

/** Two short figures for a card. */
export function chatLineWords(facts: ChatFacts, { t, format }: Pick<Speech, 't' | 'format'>): readonly string[] {
  const figure = (value: number): string => format.number(value)
  switch (facts.kind) {
    case 'server':
      return [t('overview.chat.messages', { count: facts.messages })]
    case 'broker':
      return [
        t('overview.chat.answered', { value: figure(facts.answered) }),
        t('overview.chat.open', { value: figure(facts.open) }),
      ]
    case 'proxy':
      return [t('overview.chat.ways', { count: facts.forwards.filter(({ isForwarding }) => isForwarding).length })]
    case 'reference': {
      const here = facts.servers.filter(({ isHere }) => isHere).length
      return [t('overview.chat.ranks', { here: figure(here), all: figure(facts.servers.length) })]
    }
    case 'bot':
      return [facts.name, t('overview.chat.said', { value: figure(facts.said) })]
  }
}
