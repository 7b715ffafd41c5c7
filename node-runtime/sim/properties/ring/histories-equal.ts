import type { RingRecord } from '#cores/ring/messages'
import type { Eventually } from '../../subject.ts'
import { settingOf, talkLimitsOf } from '../../subjects/ring/settings.ts'
import type { RingPeerView, RingWords } from '../../subjects/ring/words.ts'
import { isBefore } from './right-histories.ts'

export const historiesEqual: Eventually<RingWords> = {
  name: 'all histories are the same',
  steadyTicks: ({ settings }) => settingOf(settings, 'syncTicks'),
  missing({ views }) {
    const [first, ...others] = views
    if (first === undefined) return null
    const size = first.facts.records
    const other = others.find(({ facts }) => facts.records !== size)
    if (other !== undefined) return `${first.node} has ${size} words, and ${other.node} ${other.facts.records}.`
    const text = textOf(first)
    const another = others.find((view) => textOf(view) !== text)
    return another === undefined ? null : `${first.node} and ${another.node} tell another history.`
  },
}

/** Nothing that somebody had when trouble ended is lost after it, but for what is older than a full history goes back. */
export const nothingIsLost: Eventually<RingWords> = {
  name: 'what a living peer has is in the end with all',
  steadyTicks: () => 1,
  missing({ scenario, views }) {
    const held = new Map(views.flatMap(({ heldInCalm }) => heldInCalm.map((record) => [record.uuid, record] as const)))
    for (const { node, history, facts } of views) {
      const { uuids: there, oldest } = look(history)
      const isFull = facts.records >= talkLimitsOf(scenario.settings).recordsMax
      for (const [uuid, record] of held) {
        const isTooOld = isFull && oldest !== null && isBefore(record, oldest)
        if (!isTooOld && !there.has(uuid)) return `${node} has not got ${uuid}.`
      }
    }
    return null
  },
}

interface Known {
  readonly revision: number
  readonly text: string
  readonly uuids: ReadonlySet<string>
  readonly oldest: RingRecord | null
}

/** Histories are long and change seldom; they are looked through once a change. Keyed by themselves, so no run sees another's. */
const known = new WeakMap<RingPeerView['history'], Known>()

function textOf({ history }: RingPeerView): string {
  return look(history).text
}

function look(history: RingPeerView['history']): Known {
  const before = known.get(history)
  if (before?.revision === history.revision) return before
  const records = [...history.newestFirst()]
  const text = records.map((it) => `${it.stamp} ${it.peer} ${it.uuid} ${it.author} ${it.text}`).join('\n')
  const uuids = new Set(records.map(({ uuid }) => uuid))
  const now = { revision: history.revision, text, uuids, oldest: records.at(-1) ?? null }
  known.set(history, now)
  return now
}
