import type { ChatProfile } from '#contract/worker/chat'
import type { Message } from '#cores/chat/messages'

/** Places are texts that sort as what they stand for. */
export type PlaceOf = (message: Pick<Message, 'number' | 'lamport' | 'origin' | 'id'>) => string

const digits = 16

/** Where one leads, of the number of a message in its conversation. */
export function numberPlace(number: number): string {
  return String(number).padStart(digits, '0')
}

/** Where everyone answers, numbers change when something comes late: what stays is the stamp, who took it, and the id. */
export function placeFor(profile: ChatProfile): PlaceOf {
  return profile === 'leader'
    ? ({ number }) => numberPlace(number)
    : ({ lamport, origin, id }) => `${String(lamport).padStart(digits, '0')} ${origin ?? ''} ${id}`
}

/** What a place is asked for by: a number, or the id of its message. null: no place of ours. */
export function readPlace(place: string): { readonly number: number } | { readonly id: string } | null {
  // A foreign server may be called anything.
  const [, number = '', id = ''] = /^(\d{16})(?: .* ([0-9a-f]{32}))?$/s.exec(place) ?? []
  if (number === '') return null
  return id === '' ? { number: Number(number) } : { id }
}

/** Above this place and below whatever stands under it. */
export function below(place: string): string {
  return `${place} `
}
