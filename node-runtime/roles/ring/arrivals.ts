import type { DropWhy } from '#contract/worker/trace'
import { decodeRingMessage, decodeRingShout, ringKinds } from '#cores/ring/codec'
import { isPeerId } from '#cores/ring/ids'
import type { RingInput } from '#cores/ring/messages'
import { readTextCall, readTextMessage } from '#dialects/ring/index'
import type { StopStack } from '#kit/stop-stack'
import type { RingLinks } from '#ports/ring-links'
import type { Letter, Post } from '../post.ts'
import type { Arrival } from '../pump.ts'

export interface ArrivalParts {
  readonly ownId: string
  readonly post: Post
  readonly links: RingLinks
  readonly wallMs: () => number
  /** False: there is no room for it. */
  readonly offer: (input: RingInput, arrival: Arrival) => boolean
  /** Somebody said what cannot be read. */
  readonly unreadable: () => void
  readonly stops: StopStack
}

/** What the links bring becomes an input of the core, or is dropped and counted. */
export function hearArrivals(parts: ArrivalParts): void {
  const { post, links, stops } = parts
  post.read(ringKinds, (letter) => hearPeer(parts, letter))
  stops.add(links.listen((from, bytes) => post.receive(from, bytes)))
  const passing = (input: RingInput, bytes: number): void => {
    parts.offer(input, { bytes, cause: null, isPassing: true })
  }
  stops.add(
    links.onLost((peer, why) => {
      if (isPeerId(peer)) passing({ kind: 'disconnected', peer, why }, 0)
    }),
  )
  stops.add(
    links.onShout((bytes) => {
      const shout = decodeRingShout(bytes)
      if (shout === null) parts.unreadable()
      else passing({ kind: 'shout', shout }, bytes.length)
    }),
  )
  stops.add(
    links.onText((_, text) => {
      const message = readTextMessage(text)
      if (message === null) parts.unreadable()
      else passing({ kind: 'text', message, atMs: parts.wallMs() }, text.length)
    }),
  )
  stops.add(
    links.onCall((from, text, isAnswer) => {
      // Anybody may speak to a group: what is neither of the two words is no offence.
      const call = readTextCall(text)
      // Whoever was asked answers whoever asked; a stranger that tells all of the group was not asked.
      if (call?.kind === 'join' && isAnswer)
        passing({ kind: 'invited', next: call.next, leader: call.leader }, text.length)
      if (call?.kind !== 'discover' || call.id === parts.ownId) return
      passing({ kind: 'discover', id: call.id, answerTo: from }, text.length)
    }),
  )
}

function hearPeer({ links, offer }: ArrivalParts, { from, kind, body, cause }: Letter): DropWhy | null {
  const words = decodeRingMessage(body)
  const peer = links.peerOf(from)
  if (words === null || peer === null || !isPeerId(peer) || words.message.kind !== kind) return 'malformed'
  const { life, message } = words
  const arrival = { bytes: body.length, cause: cause && { from, kind, message: cause }, isPassing: true }
  return offer({ kind: 'message', from: peer, life, message }, arrival) ? null : 'queue-full'
}
