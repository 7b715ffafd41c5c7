import type { RecordedEvent } from '#contract/window/recording'
import type { RoleChangeWhy, TraceWhat } from '#contract/worker/trace'
import { unreachable } from '#kit/assert'
import type { Speech } from '../use-words.ts'
import { faultSentence } from './fault.ts'
import { groupSentence } from './group.ts'
import { ringCommandSentence, ringSentence } from './ring.ts'

type What<Kind extends TraceWhat['kind']> = Extract<TraceWhat, { readonly kind: Kind }>

/** One recorded event as one sentence. Words that only another version knows are said in general terms, never raw. */
export function eventSentence({ node: nodeId, what }: RecordedEvent, speech: Speech): string {
  const { t, format } = speech
  const node = nodeId ?? t('feed.lab')
  switch (what.kind) {
    case 'sent':
      return t('feed.sent', { node, peer: what.to, ...messageWords(what, speech) })
    case 'received':
      return t('feed.received', { node, peer: what.from, ...messageWords(what, speech) })
    case 'dropped':
      return droppedSentence(node, what, speech)
    case 'role-changed':
      return roleSentence(node, what, speech)
    case 'voted':
      if (what.for === nodeId) return t('feed.votedSelf', { node, term: what.term })
      return t('feed.voted', { node, peer: what.for, term: what.term })
    case 'timer': {
      const time = format.duration(what.afterMs)
      return isTimer(what.name)
        ? t(`feed.timer.${what.name}`, { node, time })
        : t('feed.timer.other', { node, time, name: what.name })
    }
    case 'anomaly':
      return t('feed.anomaly', { node })
    case 'members-changed':
    case 'handing-over':
    case 'log-cut':
    case 'snapshot-began':
    case 'snapshot-installed':
    case 'peer-lost-disk':
    case 'group-lost':
    case 'copy-broken':
    case 'began-anew':
    case 'file-set-aside':
      return groupSentence(node, what, speech)
    case 'ring-changed':
    case 'ring-left':
    case 'suspected':
    case 'cleared':
    case 'found-dead':
    case 'ring-closed':
    case 'token-began':
    case 'token-passed':
    case 'caught-up':
    case 'ring-refused':
      return ringSentence(node, what, speech)
    case 'lifecycle':
      return t(`feed.life.${what.state}`, { node, failure: t(`failures.${what.code ?? 'internal'}.title`) })
    case 'fault':
      return t(`feed.fault.${what.phase}`, { fault: faultSentence(what.fault, speech) })
    case 'action':
      if (what.action === 'ring.command') return ringCommandSentence(what.detail, speech)
      return isAction(what.action)
        ? t(`feed.action.${what.action}`, { detail: what.detail })
        : t('feed.action.other', { action: what.action })
    default:
      return unreachable(what)
  }
}

export function messageName(kind: string | null, { t }: Speech): string {
  return t(`feed.messageKind.${isMessageKind(kind) ? kind : 'other'}`)
}

function messageWords({ messageKind, bytes }: What<'sent' | 'received'>, speech: Speech) {
  return { message: messageName(messageKind, speech), size: speech.format.bytes(bytes) }
}

function droppedSentence(node: string, { peer, messageKind, why }: What<'dropped'>, speech: Speech): string {
  const { t } = speech
  const words = { node, why: t(`feed.droppedWhy.${why}`) }
  if (peer === null) return t('feed.dropped', words)
  return capital(t('feed.droppedPeer', { ...words, peer, message: messageName(messageKind, speech) }))
}

function roleSentence(node: string, what: What<'role-changed'>, { t, format }: Speech): string {
  const { term, leader, silentMs, why, to } = what
  const words = { node, term }
  if (why === 'heard-no-leader') {
    // Whoever only sounds out the others has not raised its term yet: the talk is of the one that would come.
    if (to === 'pre-candidate') words.term += 1
    const asks = to === 'candidate' ? ('-asks' as const) : ('' as const) // narrow, so that the key is checked
    if (leader === null || silentMs === null) return t(`feed.role.heard-no-leader${asks}`, words)
    return t(`feed.role.heard-no-leader${asks}-for`, { ...words, leader, time: format.duration(silentMs) })
  }
  if (why === 'heard-leader') {
    return leader === null ? t('feed.role.heard-a-leader', words) : t('feed.role.heard-leader', { ...words, leader })
  }
  return t(`feed.role.${why satisfies RoleChangeWhy}`, words)
}

const timers = ['election', 'check-quorum', 'heartbeat'] as const
function isTimer(name: string): name is (typeof timers)[number] {
  return timers.some((timer) => timer === name)
}

const actions = [
  'clusters.start',
  'clusters.stop',
  'clusters.speak',
  'clusters.found',
  'nodes.start',
  'nodes.stop',
  'nodes.handOver',
  'faults.inject',
  'faults.clear',
  'faults.clearAll',
  'lab.reset',
  'ring.say',
  'ring.command',
  'ring.configure',
  'chat.signUp',
  'chat.signIn',
  'chat.signOut',
  'chat.signOutEverywhere',
  'chat.setPassword',
  'chat.create',
  'chat.group',
  'chat.direct',
  'chat.join',
  'chat.leave',
  'chat.invite',
  'chat.say',
  'chat.takeBack',
  'chat.edit',
  'chat.delete',
  'chat.react',
  'chat.askLock',
  'chat.giveLock',
  'chat.configure',
  'shop.addToCart',
  'shop.setInCart',
  'shop.clearCart',
  'shop.leave',
  'shop.order',
  'shop.takeBack',
  'shop.cancel',
  'shop.registerReceipt',
  'shop.choose',
  'shop.moveOrder',
  'shop.changeStock',
  'shop.addProduct',
  'shop.changeProduct',
  'shop.addCategory',
  'shop.addReplica',
  'shop.removeReplica',
  'shop.configure',
  'shop.race',
] as const
function isAction(action: string): action is (typeof actions)[number] {
  return actions.some((known) => known === action)
}

const messageKinds = [
  'pre-vote-request',
  'pre-vote',
  'vote-request',
  'vote',
  'heartbeat',
  'heartbeat-answer',
  'append',
  'append-answer',
  'append-refusal',
  'snapshot-chunk',
  'snapshot-answer',
  'stand-now',
  'join',
  'disown',
  'open-session',
  'propose',
  'read',
  'answer',
  'poll-wanted',
  'poll',
  'time',
  'adjust',
  'ping',
  'pong',
  'probe',
  'probed',
  'leave',
  'lost',
  'ring',
  'beat',
  'token',
  'merge',
  'invite',
  'records',
  'have',
  'text',
] as const
function isMessageKind(kind: string | null): kind is (typeof messageKinds)[number] {
  return messageKinds.some((known) => known === kind)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
