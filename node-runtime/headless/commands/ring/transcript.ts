import type { RecordedEvent } from '#contract/window/recording'
import type { RingHistoryRow, RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import type { TraceWhat } from '#contract/worker/trace'
import { plain, timeOf } from '../../plain.ts'
import type { Terminal } from '../../terminal.ts'
import { eventLine } from '../logs.ts'
import type { GuestPeer } from './guest-peer.ts'

export type LogMode = 'default' | 'heartbeat' | 'debug'

const limits = {
  rowsPerPage: 200,
  /** Of what became known at once more is not shown: nobody reads it from a screen that runs. */
  pagesAtOnceMax: 5,
  shownRememberedMax: 250_000,
} as const

/** What happens in the ring, as lines: messages by their order, and whatever of the rest the mode lets through. */
export class Transcript {
  readonly #terminal: Terminal
  readonly #mode: LogMode
  readonly #peer: GuestPeer
  readonly #names = new Map<string, string>()
  readonly #shown = new Set<string>()
  /** Of before this peer came, and not shown. */
  #older = 0
  #revision = -1
  #members: ReadonlySet<string> | null = null
  #showing: Promise<void> = Promise.resolve()

  constructor(peer: GuestPeer, mode: LogMode, terminal: Terminal) {
    this.#peer = peer
    this.#mode = mode
    this.#terminal = terminal
  }

  /** Everything that is known now. Calls follow each other: two that read at once would show the same twice. */
  show(): Promise<void> {
    this.#showing = this.#showing.then(() => this.#showNew())
    return this.#showing
  }

  take(events: readonly RecordedEvent[]): void {
    this.#learnNames()
    for (const event of events) {
      if (this.#mode === 'debug') this.#terminal.give({ event: 'trace', ...event }, () => plain(eventLine(event)))
      else this.#tell(event)
    }
  }

  /** As people know it; an address where nobody has said a name. */
  nameOf(peer: string): string {
    return this.#names.get(peer) ?? peer
  }

  #learnNames(): void {
    const { facts } = this.#peer
    for (const member of facts?.members ?? []) {
      this.#names.set(member.id, calledName(member))
      if (member.node !== null) this.#names.set(member.node, calledName(member))
    }
    this.#noteNewcomers(facts)
  }

  #noteNewcomers(facts: RingPeerFacts | null): void {
    if (facts === null || facts.members.length === 0) return
    const before = this.#members
    this.#members = new Set(facts.members.map(({ id }) => id))
    for (const member of before === null ? [] : facts.members) {
      const { id } = member
      if (id === facts.id || before?.has(id)) continue
      const name = calledName(member)
      this.#terminal.give({ event: 'entered', peer: id, name }, () => plain(this.#terminal.words.ring.entered(name)))
    }
  }

  async #showNew(): Promise<void> {
    this.#learnNames()
    const revision = this.#peer.facts?.historyRevision ?? this.#revision
    if (revision === this.#revision) return
    const rows = await this.#readNew()
    if (rows === null) return
    this.#revision = revision
    for (const row of rows) {
      this.#shown.add(row.uuid)
      this.#terminal.give({ event: 'message', ...row }, () => this.#messageLine(row))
    }
    for (const uuid of this.#shown) {
      if (this.#shown.size <= limits.shownRememberedMax) break
      this.#shown.delete(uuid)
    }
  }

  /** Oldest first; null: the peer does not answer now. */
  async #readNew(): Promise<readonly RingHistoryRow[] | null> {
    const isFirst = this.#shown.size === 0
    const found: RingHistoryRow[] = []
    let before: string | null = null
    for (let pages = 0; pages < (isFirst ? 1 : limits.pagesAtOnceMax); pages += 1) {
      const page = await this.#peer.history(before, limits.rowsPerPage)
      if (!page.ok) return null
      const { rows, next, total } = page.value
      found.push(...rows.filter(({ uuid }) => !this.#shown.has(uuid)))
      if (isFirst) this.#older = total - rows.length
      before = next
      if (next === null || this.#older + this.#shown.size + found.length >= total) break
    }
    if (isFirst && this.#older > 0) this.#terminal.say(this.#terminal.words.ring.older(this.#older))
    return found.reverse()
  }

  #messageLine({ author, text, atMs, isLate }: RingHistoryRow): string {
    const late = isLate ? `  (${this.#terminal.words.ring.late})` : ''
    return `${timeOf(atMs)} ${plain(author)}: ${plain(text)}${late}`
  }

  #tell({ what }: RecordedEvent): void {
    const sentence = this.#sentenceOf(what)
    if (sentence !== null) this.#terminal.give({ event: 'trace', what }, () => plain(`* ${sentence}`))
  }

  #sentenceOf(what: TraceWhat): string | null {
    const { ring } = this.#terminal.words
    const name = (peer: string): string => this.nameOf(peer)
    const isTalkative = this.#mode === 'heartbeat'
    switch (what.kind) {
      case 'ring-changed':
        return ring.changed[what.how](name(what.leader), what.size)
      case 'ring-left':
        return what.peer === this.#peer.node ? null : ring.left(name(what.peer))
      case 'found-dead':
        return ring.dead(name(what.peer))
      case 'caught-up':
        return ring.caughtUp(what.records, name(what.from))
      case 'suspected':
        return isTalkative ? ring.suspected(name(what.peer), what.silentMs) : null
      case 'cleared':
        return isTalkative ? ring.cleared(name(what.peer)) : null
      case 'ring-closed':
        return isTalkative ? ring.closed(name(what.over), name(what.next)) : null
      case 'token-began':
        return isTalkative ? ring.token(what.term) : null
      case 'received':
        return isTalkative && what.messageKind === 'beat' ? ring.beat(name(addressIn(what.from))) : null
      default:
        return null
    }
  }
}

/** Reference peers say what they are called only when they speak. */
export function calledName({ id, name }: Pick<RingMemberFacts, 'id' | 'name'>): string {
  return name === '' ? id : name
}

/** Wires name peers of other labs by their address, as a node id can have it. */
function addressIn(node: string): string {
  const [, host, port] = /^peer-(\d+-\d+-\d+-\d+)-(\d+)$/.exec(node) ?? []
  return host === undefined ? node : `${host.replaceAll('-', '.')}:${port}`
}
