import { type PeerId, peerId } from '#kit/ids'

/** What goes over UDP: a newcomer's question to the group, and the leader's answer to it alone. */
export type TextCall =
  | { readonly kind: 'discover'; readonly id: PeerId }
  | { readonly kind: 'join'; readonly next: PeerId; readonly leader: PeerId }

/** null: neither of the two. Peers of our own, and anything else on a machine, speak to the same group. */
export function readTextCall(text: string): TextCall | null {
  if (text.startsWith('DISCOVER:')) {
    const id = peerId(text.slice('DISCOVER:'.length))
    return id === null ? null : { kind: 'discover', id }
  }
  const [word, first = '', second = '', ...more] = text.split('|')
  if (word !== 'JOIN' || more.length > 0) return null
  const next = peerId(first)
  const leader = peerId(second)
  return next === null || leader === null ? null : { kind: 'join', next, leader }
}

export function writeTextCall(call: TextCall): string {
  return call.kind === 'discover' ? `DISCOVER:${call.id}` : `JOIN|${call.next}|${call.leader}`
}
