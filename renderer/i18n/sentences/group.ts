import type { TraceWhat } from '#contract/worker/trace'
import { unreachable } from '#kit/assert'
import type { Speech } from '../use-words.ts'
import { listed } from './listed.ts'

type GroupKind =
  | 'members-changed'
  | 'handing-over'
  | 'log-cut'
  | 'snapshot-began'
  | 'snapshot-installed'
  | 'peer-lost-disk'
  | 'group-lost'
  | 'copy-broken'
  | 'began-anew'
  | 'file-set-aside'

/** What happens to a group as a whole and to its log: members, hand-overs, snapshots, lost disks and files. */
export function groupSentence(
  node: string,
  what: Extract<TraceWhat, { readonly kind: GroupKind }>,
  { t, format, language }: Speech,
): string {
  switch (what.kind) {
    case 'members-changed': {
      const words = { node, index: format.number(what.index), voters: listed(what.voters, language) }
      if (what.learners.length === 0) return t('feed.members', words)
      return t('feed.membersLearning', { ...words, learners: listed(what.learners, language) })
    }
    case 'handing-over':
      return t(`feed.handingOver.${what.why}`, { node, peer: what.to })
    case 'log-cut': {
      const ends = { from: format.number(what.from), upTo: format.number(what.upTo) }
      return t('feed.logCut', { node, count: what.upTo - what.from + 1, ...ends })
    }
    case 'snapshot-began':
      return t('feed.snapshotBegan', { node, peer: what.to, index: format.number(what.index) })
    case 'snapshot-installed':
      return t('feed.snapshotInstalled', { node, index: format.number(what.index) })
    case 'peer-lost-disk':
      return what.peer === node ? t('feed.lostDiskSelf', { node }) : t('feed.lostDisk', { node, peer: what.peer })
    case 'group-lost':
      return t('feed.groupLost', { node, lost: listed(what.lost, language) })
    case 'copy-broken':
      return t(`feed.copyBroken.${what.isLesson ? 'lesson' : 'accident'}`, { node, index: format.number(what.index) })
    case 'began-anew':
      // An incarnation is a name and no quantity: its digits are not grouped.
      return t(`feed.beganAnew.${what.why}`, { node, incarnation: String(what.incarnation) })
    case 'file-set-aside':
      return t(`feed.fileSetAside.${what.holds}`, { node, file: what.file })
    default:
      return unreachable(what)
  }
}
