import type { CallName, EventName } from '#contract/window/channels'
import type { CallInput, CallOutput, EventPayload } from '#contract/window/contract'
import type { AppInfo, Settings } from '#contract/window/settings'
import type { TopologySnapshot } from '#contract/window/topology'
import type { Fault } from '#contract/worker/faults'
import type { Result } from '#kit/result'
import type { WindowBridge } from '../types.ts'
import { done, given, refused } from './answers.ts'
import { FakeChat } from './fake-chat.ts'
import { chatHandlers } from './fake-chat-calls.ts'
import type { FakeLab } from './fake-lab.ts'
import { FakeNotary } from './fake-notary.ts'
import { notaryHandlers } from './fake-notary-calls.ts'
import { FakeRing } from './fake-ring.ts'
import { ringSetupHandlers } from './fake-ring-setup.ts'
import { FakeShop } from './fake-shop.ts'
import { shopHandlers } from './fake-shop-calls.ts'
import { shopCluster } from './fake-shop-cluster.ts'

type Handlers = { readonly [Name in CallName]: (input: CallInput<Name>) => Result<CallOutput<Name>> }
type Listener = (payload: never) => void

const info: AppInfo = {
  version: '0.1.0',
  shell: 'headless',
  notice: 'stand-in-electron',
  versions: { node: '24.0.0', electron: null, chrome: null },
  launcher: 'child-process',
  lab: 'default',
  dataDir: '/home/ana/.config/Colmeia/labs/default',
}

/** The bridge over a scripted lab, for design work and unit tests only; no build and no e2e test contains it. */
export class FakeBridge implements WindowBridge {
  readonly carrier = 'fake'
  readonly #lab: FakeLab
  readonly #notary: FakeNotary
  readonly #ring: FakeRing
  readonly #chat: FakeChat
  readonly #shop = new FakeShop()
  readonly #listeners = new Map<EventName, Set<Listener>>()
  readonly #handlers: Handlers
  #settings: Settings

  constructor(lab: FakeLab, settings: Settings, { records = 3, ring = new FakeRing(), chat = new FakeChat() } = {}) {
    this.#lab = lab
    this.#notary = new FakeNotary(records)
    this.#ring = ring
    this.#chat = chat
    this.#settings = settings
    this.#handlers = this.#makeHandlers()
  }

  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    const answer = (): Result<CallOutput<Name>> => this.#handlers[name](input)
    // Whoever asks for changes waits for one, as at the desk.
    const after = name === 'chat.changes' && 'after' in input ? input.after : undefined
    if (typeof after !== 'number') return Promise.resolve(answer())
    return this.#chat.whenChanged(after).then(answer)
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set<Listener>()
    this.#listeners.set(name, set.add(listener))
    return () => set.delete(listener)
  }

  /** Tells the listeners what the lab has become since the last time. */
  publish(): void {
    this.tell('topology.changed', this.#snapshot())
    const events = this.#lab.takeFresh()
    if (events.length > 0) this.tell('recording.appended', { events, skipped: 0 })
  }

  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never) // stored under its own name
  }

  #snapshot(): TopologySnapshot {
    const lab = this.#chat.advance(this.#ring.advance(this.#notary.advance(this.#lab.snapshot())))
    this.#shop.advance(lab.takenWallMs)
    return { ...lab, clusters: [...lab.clusters, shopCluster(lab)] }
  }

  #makeHandlers(): Handlers {
    const lab = this.#lab
    return {
      'app.info': () => given(info),
      'lab.reset': () => done(() => lab.action('lab.reset', '')),
      'topology.get': () => given(this.#snapshot()),
      'clusters.start': () => done(() => lab.startAll()),
      'clusters.stop': () => done(() => lab.nodes.forEach(({ id }) => void lab.stop(id))),
      'clusters.found': () => refused('does-not-apply'),
      'clusters.speak': ({ dialect }) =>
        done(() => {
          lab.dialect = dialect
          this.publish()
        }),
      'nodes.start': ({ nodeId }) => done(() => lab.start(nodeId)),
      'nodes.stop': ({ nodeId }) => done(() => lab.stop(nodeId)),
      'nodes.tables': ({ nodeId }) => (this.#runs(nodeId) ? given(tables) : refused('node-down')),
      'nodes.rows': ({ nodeId, cursor }) => (this.#runs(nodeId) ? given(rows(cursor)) : refused('node-down')),
      'nodes.handOver': ({ nodeId, to }) => (lab.handOver(nodeId, to) ? given(null) : refused('not-leader')),
      'faults.inject': ({ fault, forMs }) => given(lab.inject(fault as Fault, forMs)), // ids are plain texts at the edge
      'faults.clear': ({ faultId }) => done(() => lab.clear(faultId)),
      'faults.clearAll': () => done(() => lab.clearAll()),
      'recording.page': ({ before, limit, withMessages }) => {
        const wanted = lab
          .events()
          .filter(({ position }) => before === null || position < before)
          .filter(({ what }) => withMessages || !['sent', 'received', 'dropped'].includes(what.kind))
        return given({ events: wanted.slice(-limit), hasOlder: wanted.length > limit })
      },
      ...notaryHandlers(this.#notary),
      ...this.#ring.handlers(),
      ...ringSetupHandlers(),
      ...chatHandlers(this.#chat),
      ...shopHandlers(this.#shop),
      'settings.get': () => given(this.#settings),
      'settings.set': (change) => {
        const set = Object.entries(change).filter(([, value]) => value !== undefined)
        this.#settings = { ...this.#settings, ...Object.fromEntries(set) }
        this.tell('settings.changed', this.#settings)
        return given(this.#settings)
      },
      'windows.open': () => refused('no-permission'),
    }
  }

  #runs(nodeId: string): boolean {
    return this.#lab.nodes.some((node) => node.id === nodeId && node.life === 'running')
  }
}

const tables: CallOutput<'nodes.tables'> = [
  { name: 'hard_state', rows: 2, columns: columns('key', 'value', 'checksum') },
  { name: 'identity', rows: 1, columns: [...columns('name'), { name: 'secret_key', isRedacted: true }] },
]

function columns(...names: readonly string[]) {
  return names.map((name) => ({ name, isRedacted: false }))
}

function rows(cursor: string | null): CallOutput<'nodes.rows'> {
  const from = cursor === null ? 0 : Number(cursor)
  const page = Array.from({ length: 50 }, (_, index) => [
    `key-${from + index}`,
    index % 7 === 0 ? null : from + index,
    'a1b2c3',
  ])
  return { rows: page, nextCursor: from >= 150 ? null : String(from + 50) }
}
