import { type RingTrace, ringCommands } from '#contract/worker/ring'
import { unreachable } from '#kit/assert'
import type { Speech } from '../use-words.ts'

/** What becomes of a ring: who is in it, who is missed, who leads next. */
export function ringSentence(node: string, what: RingTrace, { t, format }: Speech): string {
  switch (what.kind) {
    case 'ring-changed': {
      const { how, leader, term, size } = what
      return t(`feed.ring.${how}`, { node, leader, term, count: size, met: what.with ?? leader })
    }
    case 'ring-left':
      return what.peer === node ? t('feed.ring.leftSelf', { node }) : t('feed.ring.left', { node, peer: what.peer })
    case 'suspected':
      return t('feed.ring.suspected', { node, peer: what.peer, time: format.duration(what.silentMs) })
    case 'cleared':
      return t('feed.ring.cleared', { node, peer: what.peer })
    case 'found-dead':
      return t(`feed.ring.dead-${what.why}`, { node, peer: what.peer })
    case 'ring-closed':
      return t('feed.ring.closed', { node, over: what.over, next: what.next })
    case 'token-began':
      return t(`feed.ring.token-${what.why}`, { node, term: what.term })
    case 'token-passed':
      return t('feed.ring.tokenPassed', { node, term: what.term, initiator: what.initiator, peer: what.to })
    case 'caught-up':
      return t('feed.ring.caughtUp', { node, peer: what.from, count: what.records })
    case 'ring-refused':
      return t(`feed.ring.refused-${what.why}`, { node, from: what.from })
    default:
      return unreachable(what)
  }
}

/** The detail is a node and a command; one that only another version knows is said in general terms. */
export function ringCommandSentence(detail: string, { t }: Speech): string {
  const [node = '', asked = ''] = detail.split(' ')
  const command = ringCommands.find((known) => known === asked)
  return command === undefined
    ? t('feed.action.ring.command', { detail: node })
    : t(`feed.ringCommand.${command}`, { node })
}
