import type { ChatEvent } from '#cores/chat/messages'
import type { Moment } from '../../../subject.ts'
import type { ChatWords } from '../../../subjects/chat/words.ts'

/** What an observer knows of a chat: each event as it was first seen at any server. No server may ever have another. */
export class Ledger {
  readonly #events = new Map<string, ChatEvent>()
  /** Seen for the first time in the present moment, in order of positions. */
  readonly fresh: ChatEvent[] = []
  /** What a server has and another had not, in the present moment. */
  readonly contradictions: string[] = []
  #tick = -1

  at(feed: string, number: number): ChatEvent | undefined {
    return this.#events.get(placeOf({ feed, number }))
  }

  take({ tick, notes }: Moment<ChatWords>): void {
    if (tick === this.#tick) return
    this.#tick = tick
    this.fresh.length = 0
    this.contradictions.length = 0
    for (const { node, note } of notes) {
      if (note.kind === 'holds') for (const event of note.events) this.#see(node, event)
    }
    this.fresh.sort((one, other) => one.position - other.position)
  }

  #see(node: string, event: ChatEvent): void {
    const place = placeOf(event)
    const known = this.#events.get(place)
    if (known === undefined) {
      this.#events.set(place, event)
      this.fresh.push(event)
    } else if (fixedOf(known) !== fixedOf(event)) {
      this.contradictions.push(`${node} has another event ${place} than was seen before`)
    }
  }
}

function placeOf({ feed, number }: Pick<ChatEvent, 'feed' | 'number'>): string {
  return `${feed}#${number}`
}

/** What of an event never changes: of messages and edits the text may, and what hangs on it. */
function fixedOf({ position, deed, atMs, lamport, logIndex, what }: ChatEvent): string {
  const fixed = { position, deed, atMs, lamport, logIndex }
  if (what.kind === 'message') {
    const { author, ordinal, through } = what.message
    return JSON.stringify({ ...fixed, author, ordinal, through })
  }
  return JSON.stringify(what.kind === 'edited' ? { ...fixed, number: what.number } : { ...fixed, what })
}

const ledgers = new WeakMap<Moment<ChatWords>, Ledger>()

/** One for each run: each run has one moment that is filled anew. */
export function ledgerOf(moment: Moment<ChatWords>): Ledger {
  const ledger = ledgers.get(moment) ?? new Ledger()
  ledgers.set(moment, ledger)
  ledger.take(moment)
  return ledger
}
