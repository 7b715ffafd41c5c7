import { unreachable } from '#kit/assert'
import type { ElectionWhy, LeaderStory } from '../../stores/derived/leader-story.ts'
import type { Speech } from '../use-words.ts'
import { listed } from './listed.ts'

export interface LeaderWords {
  /** Who leads, or that nobody does. */
  readonly head: string
  /** Why, and who is missing. */
  readonly rest: readonly string[]
}

export function leaderWords(story: LeaderStory, speech: Speech): LeaderWords {
  const { t, format } = speech
  switch (story.kind) {
    case 'leads':
      return leadsWords(story, speech)
    case 'leads-alone':
    case 'electing':
    case 'halted':
    case 'unled':
      return { head: t(`overview.story.${story.kind}`, story), rest: [] }
    case 'lost':
      return { head: t('overview.story.lost', { lost: story.lost.length, members: story.members }), rest: [] }
    case 'stale':
      return { head: t('overview.story.stale', { age: format.coarse(story.ageMs) }), rest: [] }
    case 'ring':
      return ringWords(story, speech)
    case 'ring-split': {
      const parts = story.rings.map(({ leader, size }) => t('overview.story.ring-part', { leader, count: size }))
      return { head: t('overview.story.ring-split', { rings: listed(parts, speech.language) }), rest: [] }
    }
    case 'no-leader':
    case 'starting':
    case 'stopped':
    case 'ring-leaderless':
    case 'ring-silent':
    case 'ring-forming':
      return { head: t(`overview.story.${story.kind}`), rest: [] }
    default:
      return unreachable(story)
  }
}

function ringWords(story: Extract<LeaderStory, { kind: 'ring' }>, { t, language }: Speech): LeaderWords {
  const { leader, term, size, suspected, outside } = story
  const named = (nodes: readonly string[]) => ({ count: nodes.length, nodes: listed(nodes, language) })
  return {
    head: t('overview.story.ring', { leader, term, count: size }),
    rest: [
      ...(suspected.length === 0 ? [] : [t('overview.story.ring-suspected', named(suspected))]),
      ...(outside.length === 0 ? [t('overview.story.ring-whole')] : [t('overview.story.ring-outside', named(outside))]),
    ],
  }
}

function leadsWords(story: Extract<LeaderStory, { kind: 'leads' }>, speech: Speech): LeaderWords {
  const { t, language } = speech
  const { leader, term, missing, outdated, lost, learners, handingOverTo } = story
  const also = outdated.map((other) => t('overview.story.also', other))
  const gone = t('overview.story.missing', { count: missing.length, nodes: listed(missing, language) })
  return {
    head: t('overview.story.leads', { leader, term }),
    rest: [
      whyWords(story.why, story, speech),
      ...(handingOverTo === null ? [] : [t('overview.story.handingOver', { node: handingOverTo })]),
      ...also,
      ...(lost.length === 0
        ? []
        : [t('overview.story.lostDisks', { count: lost.length, nodes: listed(lost, language) })]),
      ...(learners.length === 0
        ? []
        : [t('overview.story.learning', { count: learners.length, nodes: listed(learners, language) })]),
      gone,
    ],
  }
}

function whyWords(
  why: ElectionWhy,
  { votes: count, members }: { readonly votes: number | null; readonly members: number },
  { t, format }: Speech,
): string {
  if (why.kind === 'forgotten') return t('overview.story.why-forgotten')
  const votes = count === null ? t('overview.story.majority') : t('overview.story.votes', { votes: count, members })
  if (why.kind === 'start') return t('overview.story.why-start', { votes })
  if (why.kind === 'unknown') return t('overview.story.why-unknown', { votes })
  if (why.kind === 'handed-over') {
    if (why.before === null) return t('overview.story.why-handed-over', { votes })
    return t('overview.story.why-handed-over-by', { votes, before: why.before })
  }
  if (why.silentMs === null) return t('overview.story.why-silent', { votes, before: why.before })
  return t('overview.story.why-silent-for', { votes, before: why.before, time: format.duration(why.silentMs) })
}
