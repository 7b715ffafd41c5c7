import type { TraceWhat } from '#contract/worker/trace'
import type { PeerLinkView } from '#contract/worker/view'
import { LamportClock } from '#cores/clocks/lamport'
import type { NodeId } from '#kit/ids'
import { type Store, StoreFailure, type StoreTx, type StoreView } from '#ports/store'
import type { Trace } from '#ports/trace'
import type { Wire } from '#ports/wire'

/** A store in memory that can be told to refuse. Whole transactions only, as the port promises. */
export class FakeStore implements Store {
  rows = new Map<string, Uint8Array>()
  refuses: StoreFailure | null = null
  readonly journal: string[]

  constructor(journal: string[] = []) {
    this.journal = journal
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    if (this.refuses !== null) throw this.refuses
    const next = new Map(this.rows)
    const done = work({
      ...viewOf(next),
      put: (space, key, value) => {
        next.set(`${space}/${key}`, value)
        this.journal.push(`durable ${space}/${key}`)
      },
      delete: (space, key) => void next.delete(`${space}/${key}`),
      deleteRange: () => 0,
    })
    this.rows = next
    return done
  }

  view(): StoreView {
    return viewOf(this.rows)
  }

  close(): void {}
}

function viewOf(rows: ReadonlyMap<string, Uint8Array>): StoreView {
  return { get: (space, key) => rows.get(`${space}/${key}`) ?? null, scan: () => [] }
}

export class FakeWire implements Wire {
  readonly sent: { readonly to: NodeId; readonly bytes: Uint8Array }[] = []
  /** Nothing leaves while it is. */
  isDown = false
  readonly unreachable = new Set<NodeId>()
  readonly journal: string[]

  constructor(journal: string[] = []) {
    this.journal = journal
  }

  send(to: NodeId, bytes: Uint8Array): boolean {
    if (this.isDown || this.unreachable.has(to)) return false
    this.journal.push(`sent to ${to}`)
    this.sent.push({ to, bytes })
    return true
  }

  flush(): void {
    this.journal.push('flushed')
  }

  listen(): () => void {
    return () => {}
  }

  /** Those that cannot be reached; of all others it knows nothing. */
  links(): readonly PeerLinkView[] {
    return [...this.unreachable].map((peer) => ({ ...noLink, peer }))
  }
}

const noLink = {
  isConnected: false,
  sentCount: 0,
  sentBytes: 0,
  receivedCount: 0,
  receivedBytes: 0,
  droppedCount: 0,
  latencyMs: null,
  heardMsAgo: null,
} as const

export interface Noted {
  readonly what: TraceWhat
  readonly cause: string | null
}

export class FakeTrace implements Trace {
  readonly noted: Noted[] = []
  readonly journal: string[]

  constructor(journal: string[] = []) {
    this.journal = journal
  }

  note(what: TraceWhat, cause: string | null = null): void {
    this.journal.push(`noted ${what.kind}`)
    this.noted.push({ what, cause })
  }

  of(kind: TraceWhat['kind']): readonly Noted[] {
    return this.noted.filter(({ what }) => what.kind === kind)
  }
}

/** Work that was put off, done when the test says so. */
export class Later {
  #waiting: (() => void)[] = []

  readonly soon = (work: () => void): void => {
    this.#waiting.push(work)
  }

  run(): void {
    while (this.#waiting.length > 0) for (const work of this.#waiting.splice(0)) work()
  }
}

export function fakePorts() {
  const journal: string[] = []
  const later = new Later()
  /** Stands still until a test moves it. */
  const time = { ms: 0 }
  return {
    journal,
    later,
    time,
    clock: { now: () => time.ms },
    lamport: new LamportClock(),
    store: new FakeStore(journal),
    wire: new FakeWire(journal),
    trace: new FakeTrace(journal),
    soon: later.soon,
  }
}

export const fullDisk = new StoreFailure('disk-full', 'no room left')
