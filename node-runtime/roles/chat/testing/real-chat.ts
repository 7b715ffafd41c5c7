import type { NodeCard } from '#contract/window/topology'
import type { ChatFacts, ChatSettings, ExportedFile, ExportPage } from '#contract/worker/chat'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { LabFolder } from '#supervisor/lab-folder'
import type { ClusterSpec } from '#supervisor/presets'
import { restartLimits } from '#supervisor/restart-budget'
import { agreedLeader, openRealLab, pidOf, type RealLab, testClusters } from '#supervisor/testing/real-lab'
import { NativeGuest } from './native-guest.ts'

const chat = clusterId('chat')
const guestIds = Array.from({ length: 4 }, (_, index) => nodeId(`guest-${index + 1}`))

export interface RealChatOptions {
  readonly settings?: Partial<ChatSettings>
  /** How often its nodes may be killed without being blamed for it. */
  readonly kills?: number
  readonly workerFile?: string
  /** Without its bots, where nobody else is to talk. */
  readonly isQuiet?: boolean
}

/** A chat of real processes, and those who ask it from outside. */
export class RealChat {
  readonly lab: RealLab
  readonly spec: ClusterSpec
  readonly #guests: NativeGuest[] = []

  private constructor(lab: RealLab, spec: ClusterSpec) {
    this.lab = lab
    this.spec = spec
  }

  static async open({
    settings = {},
    kills = 10,
    workerFile,
    isQuiet = false,
  }: RealChatOptions = {}): Promise<RealChat> {
    const preset = testClusters.find(({ id }) => id === chat)
    if (preset === undefined) throw new Error('the program has a chat')
    const nodes = isQuiet ? preset.nodes.filter(({ role }) => role !== 'chat-bot') : preset.nodes
    const spec: ClusterSpec = { ...preset, nodes, clients: guestIds }
    const restart = { ...restartLimits, crashesMax: kills * 2 + 10, delayMsMax: 500 }
    const lab = openRealLab({
      clusters: [spec],
      limits: { restart },
      ...(workerFile === undefined ? {} : { workerFile }),
    })
    const opened = new RealChat(lab, spec)
    given(lab.supervisor.configureChat(chat, settings))
    given(await lab.supervisor.startCluster(chat))
    return opened
  }

  get servers(): readonly NodeId[] {
    return this.spec.chat?.servers ?? []
  }

  /** `server-1`, `broker` and so on. */
  node(name: string): NodeId {
    const found = this.spec.nodes.find(({ id }) => id === `chat-${name}`)
    if (found === undefined) throw new Error(`no chat-${name}`)
    return found.id
  }

  /** Once every server that runs says the same. */
  leader(): Promise<NodeCard> {
    return this.lab.until(() => this.leaderNow())
  }

  leaderNow(): NodeCard | null {
    return agreedLeader(this.servers.map((id) => this.lab.node(id)))
  }

  /** What a running node says of itself in this life; null: nothing yet. */
  facts<Kind extends ChatFacts['kind']>(id: NodeId, kind: Kind): Extract<ChatFacts, { readonly kind: Kind }> | null {
    const { state, view, viewWallMs } = this.lab.node(id)
    const isNow = state.kind === 'running' && viewWallMs !== null && viewWallMs >= state.sinceWallMs
    const facts = isNow ? view?.chat : null
    // The kind was looked at.
    return facts?.kind === kind ? (facts as Extract<ChatFacts, { readonly kind: Kind }>) : null
  }

  /** Where a program finds a socket: `clients`, `ranks`, `course-to` and so on. */
  address(name: string): string {
    const folder = LabFolder.open(this.lab.dir)
    const port = folder.ok ? folder.value.sockets(chat)[name] : undefined
    if (port === undefined) throw new Error(`the chat has no ${name}`)
    return `tcp://${name.startsWith('account-') ? '127.0.0.2' : '127.0.0.1'}:${port}`
  }

  async guest(user: string | null = null): Promise<NativeGuest> {
    const id = guestIds[this.#guests.length]
    if (id === undefined) throw new Error('the chat has no further guests')
    const guest = await NativeGuest.open(this.lab.dir, this.spec, id)
    this.#guests.push(guest)
    if (user !== null) await guest.signUp(user)
    return guest
  }

  kill(id: NodeId): void {
    process.kill(pidOf(this.lab.node(id)), 'SIGKILL')
  }

  isRunning(id: NodeId): boolean {
    return this.lab.node(id).state.kind === 'running'
  }

  /** When every node runs, and all servers stand at one position, at which they give the same files. */
  async settled(): Promise<readonly ExportedFile[]> {
    await this.lab.until(() => this.spec.nodes.every(({ id }) => this.isRunning(id)))
    for (;;) {
      await this.lab.until(() => {
        const positions = this.servers.map((id) => this.facts(id, 'server')?.position)
        return positions[0] !== undefined && new Set(positions).size === 1
      })
      const files = await Promise.all(this.servers.map((id) => this.files(id)))
      const [first = []] = files
      if (files.every((one) => JSON.stringify(one) === JSON.stringify(first))) return first
      // Somebody talked while they were asked; if nobody does, this comes to no end, and the test to its limit.
      await this.lab.until(() => true)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async files(server: NodeId): Promise<readonly ExportedFile[]> {
    const texts = new Map<string, string>()
    for (let after: string | null = null; ; ) {
      const page: ExportPage = given(await this.lab.supervisor.ask(server, { kind: 'export', after }))
      for (const { name, text } of page.files) texts.set(name, (texts.get(name) ?? '') + text)
      after = page.next
      if (after === null) return [...texts].map(([name, text]) => ({ name, text }))
    }
  }

  async close(): Promise<void> {
    for (const guest of this.#guests) await guest.close()
    await this.lab.close()
  }
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
