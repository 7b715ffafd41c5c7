import type { ClusterCard, TopologySnapshot } from '#contract/window/topology'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { NodeAnswers, NodeRequest } from '#contract/worker/protocol'
import type { Failure } from '#kit/failures'
import type { ClusterId, FaultId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { type Cluster, ClusterPorts, isAtRest } from './cluster-ports.ts'
import { CommitRates } from './commit-rates.ts'
import { FaultInjector } from './fault-injector.ts'
import { rulesFor } from './fault-rules.ts'
import { inWaves } from './in-waves.ts'
import { deleteLab, LabFolder } from './lab-folder.ts'
import { type PlanParts, planFor } from './lab-plans.ts'
import { LinkRates } from './link-rates.ts'
import { ManagedNode, type NodeEvents, nodeLimits, type Ticket } from './managed-node.ts'
import { LabRecording } from './recorder.ts'
import type { Problem, Supervisor, SupervisorOptions } from './supervisor.ts'
import { clusterCard } from './topology.ts'

const supervisorLimits = { startedAtOnce: 3, topologyEveryMs: 200, movesMax: 3 } as const

export class LabSupervisor implements Supervisor {
  readonly recorder = new LabRecording()
  readonly #options: Required<SupervisorOptions>
  readonly #clusters: readonly Cluster[]
  readonly #faults: FaultInjector
  readonly #rates = new LinkRates()
  readonly #commits = new CommitRates()
  readonly #topologyListeners = new Set<() => void>()
  readonly #problemListeners = new Set<(problem: Problem) => void>()
  /** Nodes in the order in which they were started, for stopping them the other way round. */
  #startOrder: ManagedNode[] = []
  #folder: LabFolder | null = null
  readonly #ports: ClusterPorts
  #revision = 0
  #order = 0
  #timer: NodeJS.Timeout | null = null
  #isStopped = false
  /** While everything is taken down, the end of a kill fault brings nobody back. */
  #holdsDown = false

  constructor(options: Required<SupervisorOptions>) {
    this.#options = options
    this.#clusters = options.clusters.map((spec) => ({ spec, nodes: spec.nodes.map(({ id }) => this.#makeNode(id)) }))
    this.#ports = new ClusterPorts(this.#clusters, (asker) => void this.#startAnew(asker))
    this.#faults = new FaultInjector({
      isNode: (id) => this.#node(id) !== null,
      isDown: (id) => this.#isDown(id),
      areLinked: (one, other) => this.#clusterOf(one) === this.#clusterOf(other),
      began: (active) => this.#faultBegan(active),
      ended: (active) => this.#faultEnded(active),
    })
  }

  topology(): TopologySnapshot {
    const takenWallMs = Date.now()
    return {
      revision: this.#revision,
      takenWallMs,
      lab: this.#options.lab,
      clusters: this.#clusters.map((cluster) => this.#card(cluster, takenWallMs)),
      faults: this.#faults.active,
      recording: this.recorder.state,
    }
  }

  onTopology(listener: () => void): Stop {
    this.#topologyListeners.add(listener)
    return () => {
      this.#topologyListeners.delete(listener)
    }
  }

  onProblem(listener: (problem: Problem) => void): Stop {
    this.#problemListeners.add(listener)
    return () => {
      this.#problemListeners.delete(listener)
    }
  }

  async startCluster(id: ClusterId): Promise<Result<null>> {
    const cluster = this.#clusters.find(({ spec }) => spec.id === id)
    if (cluster === undefined) return fail('unknown-cluster', `the lab has no cluster ${id}`)
    const mayMove = isAtRest(cluster)
    const order = this.#newOrder()
    let started = await this.#startOnce(cluster)
    // Another lab that starts in the same moment may take a port between our look and our use. Then all move on,
    // unless somebody has given another order meanwhile.
    for (let moves = 0; mayMove && isPortTaken(started) && moves < supervisorLimits.movesMax; moves += 1) {
      if (order !== this.#order) return started
      await this.#stopAll(cluster.nodes)
      if (order !== this.#order) return started
      started = await this.#startOnce(cluster)
    }
    return started
  }

  async stopCluster(id: ClusterId): Promise<Result<null>> {
    const cluster = this.#clusters.find(({ spec }) => spec.id === id)
    if (cluster === undefined) return fail('unknown-cluster', `the lab has no cluster ${id}`)
    this.#newOrder()
    await this.#stopAll(cluster.nodes)
    return ok(null)
  }

  async startNode(id: NodeId): Promise<Result<null>> {
    const cluster = this.#clusterOf(id)
    const node = this.#node(id)
    if (cluster === undefined || node === null) return fail('unknown-node', `the lab has no node ${id}`)
    const parts = this.#open()
    if (!parts.ok) return this.#raised(parts.failure, id)
    const choosing = this.#ports.choose(cluster, parts.value)
    const ticket = node.queue()
    const kept = await choosing
    if (!kept.ok) return node.isTurnOf(ticket) ? node.refuse(kept.failure) : kept
    return this.#start(cluster, node, ticket)
  }

  async stopNode(id: NodeId): Promise<Result<null>> {
    const node = this.#node(id)
    if (node === null) return fail('unknown-node', `the lab has no node ${id}`)
    this.#newOrder()
    await node.stop()
    return ok(null)
  }

  inject(fault: Fault, forMs: number | null): Result<ActiveFault> {
    return this.#faults.inject(fault, forMs)
  }

  clear(id: FaultId): Result<null> {
    return this.#faults.clear(id)
  }

  clearAll(): Result<null> {
    this.#faults.clearAll()
    return ok(null)
  }

  ask<Kind extends NodeRequest['kind']>(
    nodeId: NodeId,
    request: Extract<NodeRequest, { readonly kind: Kind }>,
  ): Promise<Result<NodeAnswers[Kind]>> {
    const node = this.#node(nodeId)
    return node === null ? Promise.resolve(fail('unknown-node', `the lab has no node ${nodeId}`)) : node.ask(request)
  }

  async reset(): Promise<Result<null>> {
    this.#holdsDown = true
    this.#newOrder()
    this.#faults.clearAll()
    await this.#stopAll(this.#allNodes())
    // A choice of ports ends with a write to the folder that is about to go.
    await this.#ports.settled()
    this.#holdsDown = false
    this.#folder = null
    return deleteLab(this.#options.labDir)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#holdsDown = true
    this.#newOrder()
    this.#faults.clearAll()
    await this.#stopAll(this.#allNodes())
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.recorder.stop()
    this.#topologyListeners.clear()
    this.#problemListeners.clear()
  }

  async #startOnce(cluster: Cluster): Promise<Result<null>> {
    const parts = this.#open()
    if (!parts.ok) return this.#raised(parts.failure, null)
    const choosing = this.#ports.choose(cluster, parts.value)
    const wanted = cluster.nodes
      .filter(({ state }) => state.kind !== 'killed')
      .map((node) => ({ node, ticket: node.queue() }))
    const kept = await choosing
    if (!kept.ok) {
      for (const { node, ticket } of wanted) if (node.isTurnOf(ticket)) await node.stop()
      return this.#raised(kept.failure, null)
    }
    const started = await inWaves(wanted, supervisorLimits.startedAtOnce, ({ node, ticket }) =>
      this.#start(cluster, node, ticket),
    )
    return started.find((result) => !result.ok) ?? ok(null)
  }

  /** Whoever waits with the number of an older order leaves it. */
  #newOrder(): number {
    this.#order += 1
    return this.#order
  }

  #makeNode(id: NodeId): ManagedNode {
    const events: NodeEvents = {
      changed: () => this.#changed(id),
      noted: (what) => this.recorder.noteOfNode(id, what),
      traced: (events, dropped) => this.recorder.add(events, dropped),
      leftDown: (failure) => {
        this.#raised(failure, id)
      },
      started: () => {
        const kept = this.#folder?.keepHasRun(id) ?? ok(null)
        if (!kept.ok) this.#raised(kept.failure, id)
      },
    }
    const { launcher, limits } = this.#options
    return new ManagedNode(id, { launcher, limits: { ...nodeLimits, ...limits }, events })
  }

  /** Those whom it asks have moved, and it looks for them where they were. */
  async #startAnew(cluster: Cluster): Promise<void> {
    const order = this.#order
    await this.#stopAll(cluster.nodes)
    if (order === this.#order) await this.#startOnce(cluster)
  }

  async #start({ spec }: Cluster, node: ManagedNode, ticket: Ticket): Promise<Result<null>> {
    // A kill, a stop or a reset came before its turn: nothing of theirs is undone, and nothing is written to the lab.
    if (!node.isTurnOf(ticket)) return fail('node-down', 'the node was stopped before its turn came')
    this.#faults.clearKillsOf(node.id)
    const parts = this.#open()
    if (!parts.ok) return node.refuse(parts.failure)
    const plan = planFor(spec, node.id, parts.value)
    if (!plan.ok) return node.refuse(plan.failure)
    this.#startOrder = [...this.#startOrder.filter((one) => one !== node), node]
    return node.start(ticket, plan.value)
  }

  /** In reverse start order, yet not one after the other: a slow one must not use up the time of the rest. */
  async #stopAll(nodes: readonly ManagedNode[]): Promise<void> {
    const started = this.#startOrder.filter((node) => nodes.includes(node)).reverse()
    const others = nodes.filter((node) => !started.includes(node))
    await Promise.all([...started, ...others].map((node) => node.stop()))
  }

  #faultBegan(active: ActiveFault): void {
    this.recorder.noteFault('began', active)
    if (active.fault.kind === 'kill') this.#node(active.fault.node)?.kill(active.id)
    this.#enforce()
  }

  #faultEnded(active: ActiveFault): void {
    this.recorder.noteFault('ended', active)
    this.#enforce()
    if (active.fault.kind !== 'kill' || this.#holdsDown) return
    const { node: id } = active.fault
    const node = this.#node(id)
    if (node?.state.kind === 'killed' && this.#faults.killOf(id) === null) void this.startNode(id)
  }

  /** Every node is told all that is in force for it; saying it twice does no harm. */
  #enforce(): void {
    for (const node of this.#allNodes()) node.obey(rulesFor(node.id, this.#faults.active))
    this.#markChanged()
  }

  #open(): Result<PlanParts> {
    if (this.#folder === null) {
      const folder = LabFolder.open(this.#options.labDir)
      if (!folder.ok) return folder
      this.#folder = folder.value
    }
    const { lab, host } = this.#options
    const clusters = this.#clusters.map(({ spec }) => spec)
    return ok({ lab, host, folder: this.#folder, faults: this.#faults, clusters })
  }

  #raised(failure: Failure, nodeId: NodeId | null): Result<never> {
    const problem: Problem = { code: failure.code, nodeId, detail: failure.message, wallMs: Date.now() }
    for (const listener of this.#problemListeners) listener(problem)
    this.#markChanged()
    return { ok: false, failure }
  }

  #changed(id: NodeId): void {
    const said = this.#node(id)?.lastView
    if (said) {
      this.#rates.saw(id, said.view.links, said.wallMs)
      this.#commits.saw(id, said.view, said.wallMs)
    }
    this.#markChanged()
  }

  #markChanged(): void {
    if (this.#timer !== null || this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#revision += 1
      for (const listener of this.#topologyListeners) listener()
    }, supervisorLimits.topologyEveryMs)
  }

  #card({ spec, nodes }: Cluster, nowWallMs: number): ClusterCard {
    const { host } = this.#options
    const portOf = (id: NodeId) => this.#folder?.port(id) ?? null
    const httpPortOf = (id: NodeId) => this.#folder?.httpPort(id) ?? null
    const rates = { rates: this.#rates, commits: this.#commits }
    return clusterCard({ spec, nodes, faults: this.#faults.active, ...rates, host, portOf, httpPortOf }, nowWallMs)
  }

  #allNodes(): readonly ManagedNode[] {
    return this.#clusters.flatMap(({ nodes }) => nodes)
  }

  /** Asked during construction too, when there are no clusters yet. */
  #node(id: NodeId): ManagedNode | null {
    return this.#clusters?.flatMap(({ nodes }) => nodes).find((node) => node.id === id) ?? null
  }

  /** Nothing of it lives or is about to: there is nothing to kill, and no reason to bring it back afterwards. */
  #isDown(id: NodeId): boolean {
    const kind = this.#node(id)?.state.kind
    return kind === undefined || kind === 'stopped' || kind === 'stopping' || kind === 'left-down'
  }

  #clusterOf(id: NodeId): Cluster | undefined {
    return this.#clusters.find(({ nodes }) => nodes.some((node) => node.id === id))
  }
}

function isPortTaken(started: Result<null>): boolean {
  return !started.ok && started.failure.code === 'port-taken'
}
