import type { ContentShown, EveryoneView } from '../../subjects/everyone/words.ts'

/** What servers show changes seldom, and is looked through once a change. Each life has its own. */
export function changedSince(): (view: EveryoneView) => boolean {
  const revisions = new WeakMap<ContentShown, number>()
  return ({ content }) => {
    if (revisions.get(content) === content.revision) return false
    revisions.set(content, content.revision)
    return true
  }
}
