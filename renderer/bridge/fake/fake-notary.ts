import type { ClusterCard, NodeCard, TopologySnapshot } from '#contract/window/topology'
import type {
  ChainPage,
  DeskNotaryStatus,
  NotaryPeerView,
  OutboxCounts,
  OutboxItem,
  OutboxOrder,
  OutboxPage,
  OutboxState,
  RecordPage,
  RecordView,
} from '#contract/worker/desk'
import type { ClusterId, NodeId } from '#kit/ids'
import { fakeKeys, fakeOrigin } from './fake-receipts.ts'
import { fakeHash, fakeRecord } from './fake-records.ts'

const peers = ['notary-1', 'notary-2', 'notary-3'] as const
/** So many take their next step at each beat. */
const stepsPerBeat = 40

/** A scripted notary: its outbox goes on while the fake lab has a leader, and waits while it has none. */
export class FakeNotary {
  readonly #base: number
  readonly #added: RecordView[] = []
  readonly #byHash = new Map<string, RecordView>()
  readonly #ids = new Set<string>()
  readonly #tampered = new Map<string, number>()
  readonly #examinations = new Map<string, NotaryPeerView['examination']>()
  #outbox: OutboxItem[] = []
  #position = 0
  #revision = 0
  #nowMs = 0
  #lab: TopologySnapshot | null = null
  #isApproved = false

  constructor(base: number) {
    this.#base = base
  }

  get isApproved(): boolean {
    return this.#isApproved
  }

  approve(isApproved: boolean): void {
    this.#isApproved = isApproved
    this.#revision += 1
  }

  get size(): number {
    return this.#base + this.#added.length
  }

  /** One beat of the lab: everything in the outbox goes a step further. */
  advance(lab: TopologySnapshot): TopologySnapshot {
    this.#lab = lab
    this.#nowMs = lab.takenWallMs
    if (this.#leader() !== null) this.#step()
    for (const [peer, now] of this.#examinations) if (now.kind === 'running') this.#examineOn(peer, now)
    return { ...lab, clusters: [...lab.clusters, this.#desk()] }
  }

  register(orders: readonly OutboxOrder[]): OutboxCounts {
    for (const order of orders) {
      if (this.#ids.has(order.id)) continue
      this.#ids.add(order.id)
      const fresh = { order, state: 'waiting' as const, record: null, copies: null, whyRefused: null, attempts: 0 }
      this.#outbox.push({ ...fresh, position: ++this.#position, takenWallMs: this.#nowMs })
    }
    this.#revision += 1
    return this.counts()
  }

  outbox(before: number | null, limit: number, state: OutboxState | null): OutboxPage {
    const rows = this.#outbox
      .filter((item) => (before === null || item.position < before) && (state === null || item.state === state))
      .reverse()
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? (items.at(-1)?.position ?? null) : null, counts: this.counts() }
  }

  clear(what: 'finished' | 'all'): OutboxCounts {
    const stays: readonly OutboxState[] = what === 'all' ? ['sent', 'in-log'] : ['waiting', 'sent', 'in-log']
    this.#outbox = this.#outbox.filter(({ state }) => stays.includes(state))
    this.#revision += 1
    return this.counts()
  }

  counts(): OutboxCounts {
    const counts = { waiting: 0, sent: 0, 'in-log': 0, 'co-signed': 0, already: 0, refused: 0 }
    for (const { state } of this.#outbox) counts[state] += 1
    return counts
  }

  record(index: number): RecordView | null {
    if (index < 0 || index >= this.size) return null
    return this.#added[index - this.#base] ?? fakeRecord(index, this.#nowMs - (this.#base - index) * 60_000)
  }

  records(search: string, before: number | null, limit: number): RecordPage {
    const found: RecordView[] = []
    const wanted = search.toLowerCase()
    let index = Math.min(before ?? this.size, this.size)
    for (let looked = 0; index > 0 && found.length < limit && looked < 5_000; looked += 1) {
      index -= 1
      const record = this.record(index)
      if (record && `${record.title} ${record.registrant}`.toLowerCase().includes(wanted)) found.push(record)
    }
    return { records: found, next: index > 0 ? index : null, size: this.size, from: nodeOf(peers[1]), lagEntries: 0 }
  }

  find(sha256: string): readonly RecordView[] {
    return this.#added.filter((record) => record.sha256 === sha256)
  }

  /** What the peer has, with the place where its copy is wrong; looking at it is how it finds out. */
  chain(peer: string, from: number, limit: number): ChainPage {
    const bad = this.#tampered.get(peer)
    const isSeen = bad !== undefined && bad >= from && bad < from + limit
    if (isSeen) {
      this.#examinations.set(peer, { kind: 'broken', index: bad, check: 'tree', wallMs: this.#nowMs, isHealing: false })
      this.#revision += 1
    }
    const count = Math.max(0, Math.min(limit, this.size - from))
    const records = Array.from({ length: count }, (_, step) => from + step).flatMap((index) => this.record(index) ?? [])
    const breaks = isSeen ? [{ index: bad, check: 'tree' }] : []
    return { records, breaks, broken: breaks[0] ?? null, size: this.size }
  }

  tamper(peer: string, index: number): void {
    this.#tampered.set(peer, index)
    this.#revision += 1
  }

  repair(peer: string): void {
    this.#tampered.delete(peer)
    this.#examinations.delete(peer)
    this.#revision += 1
  }

  examine(peer: string): void {
    this.#examinations.set(peer, { kind: 'running', index: 0, size: this.size })
    this.#revision += 1
  }

  status(): DeskNotaryStatus {
    const head = this.record(this.size - 1)?.hash ?? ''
    return {
      origin: fakeOrigin,
      size: this.size,
      root: fakeHash(`root ${this.size}`),
      head,
      leader: this.#leader(),
      witnessedSize: this.size - this.counts()['in-log'],
      witnesses: fakeKeys.witnesses,
      policy: fakeKeys.policy,
      isApproved: this.#isApproved,
      peers: (this.#cluster()?.nodes ?? []).map((node) => this.#peer(node, head)),
      counts: this.counts(),
    }
  }

  #peer({ id, state, viewWallMs }: NodeCard, head: string): NotaryPeerView {
    const runs = state.kind === 'running'
    return {
      nodeId: id,
      http: `127.0.0.1:${5_000 + Number(id.slice(-1))}`,
      size: runs ? this.size : null,
      head: runs ? head : null,
      heardWallMs: viewWallMs,
      examination: this.#examinations.get(id) ?? { kind: 'none' },
    }
  }

  #examineOn(peer: string, now: Extract<NotaryPeerView['examination'], { kind: 'running' }>): void {
    this.#revision += 1
    const index = now.index + Math.max(10, Math.ceil(now.size / 8))
    const bad = this.#tampered.get(peer)
    const end = { size: this.size, wallMs: this.#nowMs }
    if (bad !== undefined && bad <= index)
      this.#examinations.set(peer, {
        kind: 'broken',
        index: bad,
        check: 'block-hash',
        wallMs: this.#nowMs,
        isHealing: false,
      })
    else if (index >= now.size) this.#examinations.set(peer, { kind: 'sound', ...end })
    else this.#examinations.set(peer, { ...now, index })
  }

  #step(): void {
    let steps = stepsPerBeat
    this.#outbox = this.#outbox.map((item) => {
      if (steps === 0 || !['waiting', 'sent', 'in-log'].includes(item.state)) return item
      steps -= 1
      this.#revision += 1
      return this.#stepOf(item)
    })
  }

  #stepOf(item: OutboxItem): OutboxItem {
    if (item.state === 'waiting') return { ...item, state: 'sent', attempts: 1 }
    if (item.state === 'in-log' && item.copies === 2) return { ...item, copies: 3 }
    if (item.state === 'in-log') return { ...item, state: 'co-signed' }
    const { document, title, registrant } = item.order
    const sha256 = document.kind === 'file' ? document.sha256 : fakeHash(document.text)
    if (title === 'refused') return { ...item, state: 'refused', whyRefused: 'empty' }
    const before = this.#byHash.get(sha256)
    if (before) return { ...item, state: 'already', record: before }
    const record: RecordView = {
      ...fakeRecord(this.size, this.#nowMs),
      kind: document.kind,
      text: document.kind === 'text' ? document.text : null,
      bytes: document.kind === 'file' ? document.bytes : null,
      sha256,
      title,
      registrant,
    }
    this.#added.push(record)
    this.#byHash.set(sha256, record)
    return { ...item, state: 'in-log', record, copies: 2 }
  }

  #cluster(): ClusterCard | undefined {
    return this.#lab?.clusters.find(({ kind }) => kind === 'notary')
  }

  #leader(): NodeId | null {
    const leads = this.#cluster()?.nodes.find(
      ({ state, view }) => state.kind === 'running' && view?.leadership?.leadership === 'leader' && !view.isPaused,
    )
    return leads?.id ?? null
  }

  #desk(): ClusterCard {
    const one = this.#cluster()?.nodes[0]
    const view = one?.view ?? null
    const id = 'desk' as ClusterId // the shape that kit/ids would check
    const card: NodeCard = {
      id: nodeOf('desk'),
      clusterId: id,
      role: 'desk',
      state: { kind: 'running', sinceWallMs: this.#nowMs, pid: 4_000 },
      address: { host: '127.0.0.1', port: 7_201 },
      http: null,
      crashes: 0,
      view: view && {
        ...view,
        leadership: null,
        log: null,
        clockSync: null,
        desk: { revision: this.#revision, outbox: this.counts(), chat: null, shop: null },
      },
      viewWallMs: this.#nowMs,
    }
    return {
      id,
      kind: 'desk',
      state: 'running',
      dialect: null,
      sizes: null,
      nodes: [card],
      links: [],
      commitsPerSecond: null,
    }
  }
}

const nodeOf = (text: string): NodeId => text as NodeId // the shape that kit/ids would check
