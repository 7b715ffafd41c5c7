import type { RingRecord } from '#cores/ring/messages'
import type { Always } from '../../subject.ts'
import type { HistoryShown, RingPeerView, RingWords } from '../../subjects/ring/words.ts'

/** Each word once, and whoever stamped first, then whose id is smaller, stands before. */
export const onceAndInOrder: Always<RingWords> = {
  name: 'a word stands once, at its place',
  start() {
    const changed = changedSince()
    return ({ views }) => {
      for (const view of views.filter(changed)) {
        const flaw = flawOf(view)
        if (flaw !== null) return `${view.node} ${flaw}`
      }
      return null
    }
  },
}

/** What is told was said, by that person and in these words. */
export const nobodyInvents: Always<RingWords> = {
  name: 'nobody is quoted with what was not said',
  start() {
    const changed = changedSince()
    const said = new Map<string, string>()
    return ({ views, notes }) => {
      for (const { node, note } of notes) if (note.kind === 'said') said.set(note.uuid, `${node}: ${note.text}`)
      for (const { node, history } of views.filter(changed)) {
        for (const { uuid, author, text } of history.newestFirst()) {
          if (said.get(uuid) !== `${author}: ${text}`) return `${node} quotes ${author} with "${text}".`
        }
      }
      return null
    }
  },
}

function flawOf({ history }: RingPeerView): string | null {
  const seen = new Set<string>()
  let later: RingRecord | null = null
  for (const record of history.newestFirst()) {
    if (seen.has(record.uuid)) return `tells ${record.uuid} twice.`
    seen.add(record.uuid)
    if (later !== null && !isBefore(record, later)) return `tells ${record.uuid} out of its place.`
    later = record
  }
  return null
}

/** By itself, and not with the core's own comparison, which may be what is wrong. */
export function isBefore(one: RingRecord, other: RingRecord): boolean {
  if (one.stamp !== other.stamp) return one.stamp < other.stamp
  return one.peer < other.peer || one.peer === other.peer
}

/** Histories are long and change seldom. Each life has its own. */
function changedSince(): (view: RingPeerView) => boolean {
  const revisions = new WeakMap<HistoryShown, number>()
  return ({ history }) => {
    if (revisions.get(history) === history.revision) return false
    revisions.set(history, history.revision)
    return true
  }
}
