import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { RoleName } from '#contract/worker/protocol'
import { type ClusterId, clusterId, type NodeId } from '#kit/ids'
import { childProcessLauncher } from '../child-process-launcher.ts'
import type { Launcher } from '../launcher.ts'
import { type ClusterSpec, type NodeSpec, presets } from '../presets.ts'
import { createSupervisor, type Problem, type Supervisor, type SupervisorOptions } from '../supervisor.ts'
import { chatPortsFrom } from './chat-ports.ts'
import { workerFile } from './worker-file.ts'

export const notary: ClusterId = clusterId('notary')

/** A lab of real processes in a folder of its own. */
export interface RealLab {
  readonly dir: string
  readonly supervisor: Supervisor
  readonly problems: readonly Problem[]
  node(id: NodeId): NodeCard
  nodes(): readonly NodeCard[]
  /** Processes of ours that the operating system still knows. */
  livePids(): readonly number[]
  /** Waits for what the lab shows, by its own signals. The time of the test is the limit. */
  until<T>(look: (topology: TopologySnapshot) => T | null | undefined | false): Promise<T>
  /** Starts the notary; a test that goes on without it would wait for ever. */
  start(): Promise<void>
  /** The leader on which every running node agrees, once they do. */
  leader(): Promise<NodeCard>
  close(): Promise<void>
}

/** Far from the program's own ports and from those that the system gives away, and another range for each process. */
const basePort = 20_000 + (process.pid % 800) * 10
const httpPort = 28_000 + (process.pid % 450) * 10
const chatPort = 15_000 + (process.pid % 500) * 10
const shopPort = 10_000 + (process.pid % 500) * 10
/** Room for the nodes of a cluster and their clients; what is alone stands at the end. */
const apart = 9

/** The clusters of the program, on ports where no other lab of this machine is. */
export const testClusters: readonly ClusterSpec[] = presets.map((spec, index) => ({
  ...spec,
  ...(spec.seats && { seats: spec.seats.map(movedSeat) }),
  basePort: basePort + index * apart,
  httpPort: spec.httpPort === null ? null : spec.kind === 'shop' ? shopPort : httpPort,
  nodes: spec.nodes.map(movedSeat),
  // A group of its own: rings with other keys leave each other alone, but each would have to hear the other.
  ring: spec.ring && { ...spec.ring, group: { ...spec.ring.group, port: httpPort } },
  chat: spec.chat && { ...spec.chat, ports: chatPortsFrom(chatPort) },
}))

/** Those that come later stand behind those of the beginning. */
function movedSeat(node: NodeSpec, place: number): NodeSpec {
  return node.httpPort === undefined ? node : { ...node, httpPort: shopPort + place }
}

const memberRoles: readonly RoleName[] = ['notary-peer', 'register-peer', 'chat-server']

/** Most tests are about a group, and the notary's is one without anything beside it. */
const groups = testClusters.filter(({ kind }) => kind === 'notary')

export type RealLabOptions = Partial<Omit<SupervisorOptions, 'labDir' | 'lab'>> & {
  readonly dir?: string
  readonly workerFile?: string
}

export function realLauncher(file: string = workerFile()): Launcher {
  const compileCacheDir = join(tmpdir(), 'colmeia-test-compile-cache')
  return childProcessLauncher({ workerFile: file, nodePath: process.execPath, compileCacheDir })
}

export function openRealLab({ dir: given, workerFile: file, ...options }: RealLabOptions = {}): RealLab {
  const dir = given ?? mkdtempSync(join(tmpdir(), 'colmeia-lab-'))
  const launcher = options.launcher ?? realLauncher(file)
  const pids = new Set<number>()
  const watched: Launcher = {
    kind: launcher.kind,
    launch: (order) => {
      const worker = launcher.launch(order)
      if (worker.pid !== null) pids.add(worker.pid)
      return worker
    },
  }
  const supervisor = createSupervisor({
    clusters: groups,
    ...options,
    labDir: dir,
    lab: 'test',
    launcher: watched,
  })
  const problems: Problem[] = []
  supervisor.onProblem((problem) => problems.push(problem))
  const nodes = () => supervisor.topology().clusters.flatMap((cluster) => cluster.nodes)

  const until: RealLab['until'] = (look) =>
    new Promise((resolve) => {
      const stops: (() => void | Promise<void>)[] = []
      const check = (): void => {
        const found = look(supervisor.topology())
        if (found === null || found === undefined || found === false) return
        for (const stop of stops) void stop()
        resolve(found)
      }
      stops.push(supervisor.onTopology(check), supervisor.recorder.onAppend(check))
      check()
    })

  return {
    dir,
    supervisor,
    problems,
    nodes,
    node: (id) => {
      const card = nodes().find((node) => node.id === id)
      if (card === undefined) throw new Error(`no node ${id}`)
      return card
    },
    livePids: () => [...pids].filter(isAlive),
    until,
    start: async () => {
      const started = await supervisor.startCluster(notary)
      if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
    },
    leader: () => until(({ clusters }) => agreedLeader(clusters.flatMap(({ nodes }) => nodes.filter(isMember)))),
    close: async () => {
      await supervisor.stop()
      if (given === undefined) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Of a group, and so no desk and nothing that stands around the servers of a chat. */
function isMember({ role }: NodeCard): boolean {
  return memberRoles.some((one) => one === role)
}

/** null while those that run do not all say the same, or the one they name does not say so itself. */
export function agreedLeader(nodes: readonly NodeCard[]): NodeCard | null {
  const running = nodes.filter(({ state }) => state.kind === 'running')
  const views = running.map(({ view, viewWallMs, state }) =>
    // A view that is older than this life of the worker is the word of its last life.
    viewWallMs !== null && 'sinceWallMs' in state && viewWallMs >= state.sinceWallMs ? view?.leadership : null,
  )
  const [first] = views
  if (!first?.leader || (running.length < 2 && nodes.length > 1)) return null
  if (!views.every((view) => view?.leader === first.leader && view.term === first.term)) return null
  const leader = running.find(({ id }) => id === first.leader)
  return leader?.view?.leadership?.leadership === 'leader' ? leader : null
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process: it has ended.
    return false
  }
}

export function pidOf({ state }: NodeCard): number {
  if (state.kind !== 'running') throw new Error(`not running but ${state.kind}`)
  return state.pid
}
