import type { ChatOutput, ConversationRow, PersonRow } from '#contract/worker/chat-calls'
import type { Result } from '#kit/result'
import type { Speech } from '../../../i18n/use-words.ts'

/** What a conversation is called: a direct one by the other, one with oneself by what it is for. */
export function titleOf(about: Pick<ConversationRow, 'kind' | 'name'>, user: string, t: Speech['t']): string {
  if (about.kind === 'direct' && (about.name === user || about.name === '')) return t('chat.side.alone')
  return about.name
}

/**
 * As the list of them says it, where that is whole. Who is in a conversation is asked for apart from how many that are:
 * where everyone answers, another server may answer, or the same one later.
 */
export function membersOf(
  { members }: Pick<ConversationRow, 'members'>,
  listed: Result<ChatOutput<'chat.members'>> | null,
): number {
  return listed?.ok && listed.value.next === null ? listed.value.people.length : members
}

export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '')
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('')
}

/** How programs of both protocols call their bots; a name that a password protects is somebody's, whatever it is called. */
const botPrefix = 'bot-'

export function isBotName(name: string, person: PersonRow | undefined): boolean {
  return person?.isBot === true || (name.startsWith(botPrefix) && person?.isProtected !== true)
}
