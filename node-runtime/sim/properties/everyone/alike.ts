import type { Eventually } from '../../subject.ts'
import { longestRound } from '../../subjects/everyone/settings.ts'
import type { ContentShown, EveryoneWords } from '../../subjects/everyone/words.ts'

export const alike: Eventually<EveryoneWords> = {
  name: 'all servers are the same, byte for byte',
  steadyTicks: ({ settings, nodes }) => longestRound(settings, nodes.length),
  missing({ views }) {
    const [first, ...others] = views
    if (first === undefined) return null
    const text = textOf(first.content)
    const other = others.find(({ content }) => textOf(content) !== text)
    return other === undefined ? null : `${first.node} and ${other.node} are not the same.`
  },
}

export const everybodyIsAnswered: Eventually<EveryoneWords> = {
  name: 'whoever asked is answered',
  steadyTicks: () => 1,
  missing({ views }) {
    const view = views.find(({ unanswered }) => unanswered > 0)
    return view === undefined ? null : `${view.unanswered} wait at ${view.node}.`
  },
}

/** Keyed by themselves, so no run sees another's. */
const known = new WeakMap<ContentShown, { readonly revision: number; readonly text: string }>()

function textOf(content: ContentShown): string {
  const before = known.get(content)
  if (before?.revision === content.revision) return before.text
  const { said, users, channels, revision } = content
  const text = JSON.stringify({ said, users, channels })
  known.set(content, { revision, text })
  return text
}
