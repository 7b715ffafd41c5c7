import { windowLimits } from '#contract/window/contract'
import type { RecordedEvent } from '#contract/window/recording'
import type { TraceWhat } from '#contract/worker/trace'
import type { ControlClient } from '#host/control-client'
import { type Command, wholeNumber } from '../command.ts'
import { exitCodes, type Terminal } from '../terminal.ts'

export const logs: Command = {
  options: {
    follow: { type: 'boolean' },
    node: { type: 'string' },
    messages: { type: 'boolean' },
    limit: { type: 'string' },
  },
  async run({ named, plain }, { terminal, connect, interrupted }) {
    const limit = wholeNumber(named.limit ?? '50', { min: 1, max: windowLimits.eventsPerPageMax })
    if (plain.length > 0) return terminal.misunderstand(`colmeia logs ${plain.join(' ')}?`)
    if (limit === null) return terminal.misunderstand(`--limit 1..${windowLimits.eventsPerPageMax}`)
    const nodeId = typeof named.node === 'string' ? named.node : null
    const withMessages = named.messages === true
    const connected = await connect()
    if (!connected.ok) return terminal.refuse(connected.failure)
    const line = connected.value
    try {
      // Listening begins before the page is asked for: what happens in between comes twice rather than never.
      const follower = new Follower(terminal, { nodeId, withMessages })
      if (named.follow === true) line.on('recording.appended', (batch) => follower.take(batch))
      const page = await line.call('recording.page', { before: null, limit, nodeId, withMessages })
      if (!page.ok) return terminal.refuse(page.failure)
      if (nodeId !== null && !terminal.isJson) await showLogTail(line, terminal, nodeId)
      follower.begin(page.value.events)
      if (named.follow === true) await Promise.race([interrupted, line.closed])
      return exitCodes.done
    } finally {
      line.close()
    }
  },
}

async function showLogTail(line: ControlClient, terminal: Terminal, nodeId: string): Promise<void> {
  const topology = await line.call('topology.get', {})
  const nodes = topology.ok ? topology.value.clusters.flatMap((cluster) => cluster.nodes) : []
  for (const text of nodes.find((node) => node.id === nodeId)?.view?.logTail ?? []) terminal.say(text)
}

interface Wanted {
  readonly nodeId: string | null
  readonly withMessages: boolean
}

/** Prints each event once and in order, though the page and the stream overlap. */
class Follower {
  readonly #terminal: Terminal
  readonly #wanted: Wanted
  #early: { readonly events: readonly RecordedEvent[]; readonly skipped: number }[] | null = []
  #last = -1

  constructor(terminal: Terminal, wanted: Wanted) {
    this.#terminal = terminal
    this.#wanted = wanted
  }

  begin(events: readonly RecordedEvent[]): void {
    const early = this.#early ?? []
    this.#early = null
    this.#print(events)
    for (const batch of early) this.take(batch)
  }

  take(batch: { readonly events: readonly RecordedEvent[]; readonly skipped: number }): void {
    if (this.#early !== null) {
      this.#early.push(batch)
      return
    }
    if (batch.skipped > 0) this.#terminal.give({ skipped: batch.skipped }, () => `… ${batch.skipped} …`)
    this.#print(batch.events.filter((event) => isWanted(event, this.#wanted)))
  }

  #print(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      if (event.position <= this.#last) continue
      this.#last = event.position
      this.#terminal.give(event, () => eventLine(event))
    }
  }
}

function isWanted({ node, what }: RecordedEvent, { nodeId, withMessages }: Wanted): boolean {
  if (nodeId !== null && node !== nodeId) return false
  return withMessages || !(what.kind === 'sent' || what.kind === 'received' || what.kind === 'dropped')
}

/** One line, in the words of the contract, which are the same in every language. */
export function eventLine({ wallMs, node, lamport, what }: RecordedEvent): string {
  const time = new Date(wallMs).toISOString().slice(11, 23)
  return `${time} ${(node ?? 'lab').padEnd(10)} L${lamport} ${what.kind} ${detailOf(what)}`.trimEnd()
}

function detailOf(what: TraceWhat): string {
  switch (what.kind) {
    case 'sent':
      return `→ ${what.to} ${what.messageKind} ${what.message} ${what.bytes} B`
    case 'received':
      return `← ${what.from} ${what.messageKind} ${what.message} ${what.bytes} B`
    case 'dropped':
      return `${what.peer ?? '?'} ${what.messageKind ?? '?'} (${what.why})`
    case 'role-changed':
      return `${what.from} → ${what.to} term ${what.term} (${what.why})`
    case 'voted':
      return `${what.for} term ${what.term}`
    case 'timer':
      return `${what.name} after ${what.afterMs} ms`
    case 'anomaly':
      return what.detail
    case 'members-changed':
      return `${what.voters.join(' ')}${what.learners.map((id) => ` +${id}`).join('')} at ${what.index}`
    case 'handing-over':
      return `→ ${what.to} (${what.why})`
    case 'log-cut':
      return `${what.from}..${what.upTo}`
    case 'snapshot-began':
      return `→ ${what.to} up to ${what.index}`
    case 'snapshot-installed':
      return `up to ${what.index}`
    case 'peer-lost-disk':
      return what.peer
    case 'group-lost':
      return what.lost.join(' ')
    case 'copy-broken':
      return `record ${what.index}: ${what.check}${what.isLesson ? ' (lesson)' : ''}`
    case 'began-anew':
      return `incarnation ${what.incarnation} (${what.why})`
    case 'file-set-aside':
      return `${what.holds} → ${what.file}`
    case 'ring-changed':
      return `${what.how} leader ${what.leader} term ${what.term}, ${what.size} peers`
    case 'ring-left':
    case 'cleared':
      return what.peer
    case 'suspected':
      return `${what.peer} after ${what.silentMs} ms`
    case 'found-dead':
      return `${what.peer} (${what.why})`
    case 'ring-closed':
      return `over ${what.over} → ${what.next}`
    case 'token-began':
      return `term ${what.term} (${what.why})`
    case 'token-passed':
      return `term ${what.term} of ${what.initiator} → ${what.to}`
    case 'caught-up':
      return `${what.records} ← ${what.from}`
    case 'ring-refused':
      return `${what.from} (${what.why})`
    case 'lifecycle':
      return what.code === null ? what.state : `${what.state} (${what.code})`
    case 'fault':
      return `${what.phase} ${what.id} ${what.fault.kind}`
    case 'action':
      return `${what.action} ${what.detail}`
  }
}
