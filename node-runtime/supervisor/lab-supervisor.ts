import { setTimeout } from 'node:timers/promises'
import type { RingConfigured, RingSettingsChange, RingSetup } from '#contract/window/ring'
import type { ShopSetup } from '#contract/window/shop'
import type { ClusterCard, TopologySnapshot } from '#contract/window/topology'
import type { ChatSettings } from '#contract/worker/chat'
import type { HttpDialect } from '#contract/worker/dialects'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { NodeAnswers, NodeRequest } from '#contract/worker/protocol'
import type { ShopReach } from '#contract/worker/shop'
import type { ClusterId, FaultId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { Changes } from './changes.ts'
import { chatSetup, configureChat } from './chat-settings.ts'
import { type Cluster, ClusterPorts, isAtRest, isPortTaken } from './cluster-ports.ts'
import { speak, tellDialect } from './dialects.ts'
import { FaultInjector } from './fault-injector.ts'
import { rulesFor } from './fault-rules.ts'
import { inWaves } from './in-waves.ts'
import { LabClusters } from './lab-clusters.ts'
import { deleteLab, keptIn, LabFolder } from './lab-folder.ts'
import { type PlanParts, planFor } from './lab-plans.ts'
import { LabRates } from './lab-rates.ts'
import { LabRings } from './lab-rings.ts'
import { LabSeats } from './lab-seats.ts'
import { LabSizes } from './lab-sizes.ts'
import { ManagedNode, type NodeEvents, nodeLimits, type Ticket } from './managed-node.ts'
import { Orders } from './orders.ts'
import type { ClusterSpec, RingSpec } from './presets.ts'
import { Problems } from './problems.ts'
import { LabRecording } from './recorder.ts'
import { configureShop, shopSetup } from './shop-settings.ts'
import { StartOrder } from './start-order.ts'
import type { Problem, Supervisor, SupervisorOptions } from './supervisor.ts'
import { clusterCard, keptOf } from './topology.ts'

const supervisorLimits = { startedAtOnce: 3, topologyEveryMs: 200, movesMax: 3 } as const

type WorkIn<T> = (cluster: Cluster, folder: LabFolder) => T

export class LabSupervisor implements Supervisor {
  readonly recorder = new LabRecording()
  readonly #options: Required<SupervisorOptions>
  readonly #clusters: LabClusters
  readonly #rings: LabRings
  readonly #sizes: LabSizes
  readonly #seats: LabSeats
  readonly #faults: FaultInjector
  readonly #rates = new LabRates()
  readonly #changes = new Changes(supervisorLimits.topologyEveryMs)
  readonly #problems = new Problems(() => this.#changes.mark())
  readonly #startOrder = new StartOrder()
  #folder: LabFolder | null = null
  readonly #ports: ClusterPorts
  readonly #orders = new Orders()
  /** While everything is taken down, the end of a kill fault brings nobody back. */
  #holdsDown = false

  constructor(options: Required<SupervisorOptions>) {
    this.#options = options
    const kept = keptIn(options.labDir)
    this.#rings = new LabRings(options.host, kept.rings, {
      isUp: (id) => this.#clusters.isUp(id),
      gone: (failure) => void this.#problems.raise(failure, null),
    })
    this.#sizes = new LabSizes(kept)
    this.#seats = new LabSeats({
      kept,
      changed: (id) => this.#clusters.shapeNow(id),
      start: (node) => this.startNode(node),
      gone: (node) => this.#faults.clearKillsOf(node),
      pause: (ms) => setTimeout(ms),
    })
    this.#clusters = new LabClusters({
      presets: options.clusters,
      shaped: (preset) => this.#seats.shaped(this.#sizes.shaped(this.#rings.shaped(preset))),
      makeNode: (id) => this.#makeNode(id),
    })
    this.#ports = new ClusterPorts(this.#clusters.all, (asker) => void this.#startAnew(asker))
    this.#faults = new FaultInjector({
      isNode: (id) => this.#clusters.node(id) !== null,
      isDown: (id) => this.#clusters.isDown(id),
      areLinked: (one, other) => this.#clusters.clusterOf(one) === this.#clusters.clusterOf(other),
      began: (active) => this.#faultBegan(active),
      ended: (active) => this.#faultEnded(active),
    })
  }

  topology(): TopologySnapshot {
    const takenWallMs = Date.now()
    return {
      revision: this.#changes.revision,
      takenWallMs,
      lab: this.#options.lab,
      clusters: this.#clusters.all.map((cluster) => this.#card(cluster, takenWallMs)),
      faults: this.#faults.active,
      recording: this.recorder.state,
    }
  }

  onTopology(listener: () => void): Stop {
    return this.#changes.on(listener)
  }

  onProblem(listener: (problem: Problem) => void): Stop {
    return this.#problems.on(listener)
  }

  async startCluster(id: ClusterId): Promise<Result<null>> {
    const found = this.#clusters.find(id)
    if (!found.ok) return found
    const cluster = found.value
    const mayMove = isAtRest(cluster)
    const order = this.#orders.give(id)
    let started = await this.#startOnce(cluster)
    // Another lab that starts in the same moment may take a port between our look and our use. Then all move on,
    // unless somebody has given another order meanwhile.
    for (let moves = 0; mayMove && isPortTaken(started) && moves < supervisorLimits.movesMax; moves += 1) {
      if (order !== this.#orders.lastOf(id)) return started
      await this.#startOrder.stopAll(cluster.nodes)
      if (order !== this.#orders.lastOf(id)) return started
      started = await this.#startOnce(cluster)
    }
    return started
  }

  async stopCluster(id: ClusterId): Promise<Result<null>> {
    const found = this.#clusters.find(id)
    if (!found.ok) return found
    this.#orders.give(id)
    await this.#startOrder.stopAll(found.value.nodes)
    return ok(null)
  }

  speak(id: ClusterId, dialect: HttpDialect): Promise<Result<null>> {
    return this.#changing(id, (cluster, folder) => speak(cluster, dialect, folder))
  }

  addReplica(id: ClusterId): Promise<Result<NodeId>> {
    return this.#changing(id, (cluster, folder) => this.#seats.add(cluster, folder))
  }

  async removeReplica(node: NodeId): Promise<Result<null>> {
    const id = this.#clusters.clusterOf(node)?.spec.id
    if (id === undefined) return fail('unknown-node', `the lab has no node ${node}`)
    return this.#changing(id, (cluster, folder) => this.#seats.remove(cluster, node, folder))
  }

  found(id: ClusterId, count: number): Result<null> {
    const chosen = this.#in(id, (cluster, folder) => this.#sizes.choose(cluster, count, folder))
    if (!chosen.ok) return chosen
    this.#clusters.shapeAnew()
    return this.#becameAnother(id, chosen)
  }

  chatSetup(id: ClusterId): ReturnType<Supervisor['chatSetup']> {
    return this.#in(id, chatSetup)
  }

  configureChat(id: ClusterId, change: Partial<ChatSettings>): Result<ChatSettings> {
    const chosen = this.#in(id, (cluster, folder) => configureChat(cluster, change, folder))
    return this.#becameAnother(id, chosen)
  }

  shopSetup(id: ClusterId): Result<ShopSetup> {
    return this.#in(id, shopSetup)
  }

  configureShop(id: ClusterId, reach: ShopReach): Result<ShopSetup> {
    const chosen = this.#in(id, (cluster, folder) => configureShop(cluster, reach, folder))
    return this.#becameAnother(id, chosen)
  }

  async ringSetup(id: ClusterId): Promise<Result<RingSetup>> {
    const ring = this.#ring(id)
    return ring.ok ? this.#rings.setup(ring.value.spec, ring.value.ring, ring.value.folder) : ring
  }

  async configureRing(id: ClusterId, change: RingSettingsChange): Promise<Result<RingConfigured>> {
    const ring = this.#ring(id)
    if (!ring.ok) return ring
    const { spec, folder } = ring.value
    const phrase = await this.#rings.configure(spec, ring.value.ring, { folder, change })
    if (!phrase.ok) return phrase
    const started = await this.#setAnew(id)
    // A phrase is told once, so it is told whatever became of the start: that shows in the lab.
    if (!started.ok && phrase.value === null) return started
    const setup = await this.ringSetup(id)
    return setup.ok ? ok({ setup: setup.value, phrase: phrase.value }) : setup
  }

  async startNode(id: NodeId): Promise<Result<null>> {
    const cluster = this.#clusters.clusterOf(id)
    const node = this.#clusters.node(id)
    if (cluster === undefined || node === null) return fail('unknown-node', `the lab has no node ${id}`)
    const parts = this.#open()
    if (!parts.ok) return this.#problems.raise(parts.failure, id)
    const choosing = this.#ports.choose(cluster, parts.value)
    const ticket = node.queue()
    const kept = await choosing
    if (!kept.ok) return node.isTurnOf(ticket) ? node.refuse(kept.failure) : kept
    return this.#start(cluster, node, ticket)
  }

  async stopNode(id: NodeId): Promise<Result<null>> {
    const node = this.#clusters.node(id)
    if (node === null) return fail('unknown-node', `the lab has no node ${id}`)
    this.#orders.give(this.#clusters.clusterOf(id)?.spec.id ?? null)
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
    const node = this.#clusters.node(nodeId)
    return node === null ? Promise.resolve(fail('unknown-node', `the lab has no node ${nodeId}`)) : node.ask(request)
  }

  async reset(): Promise<Result<null>> {
    this.#holdsDown = true
    this.#orders.give(null)
    this.#faults.clearAll()
    await this.#startOrder.stopAll(this.#clusters.nodes)
    // A choice of ports ends with a write to the folder that is about to go.
    await this.#ports.settled()
    this.#holdsDown = false
    this.#folder = null
    this.#rings.forget()
    this.#sizes.forget()
    this.#seats.forget()
    this.#clusters.shapeAnew()
    return deleteLab(this.#options.labDir)
  }

  async stop(): Promise<void> {
    this.#changes.stop()
    this.#holdsDown = true
    this.#orders.give(null)
    this.#faults.clearAll()
    await this.#startOrder.stopAll(this.#clusters.nodes)
    this.#rings.stop()
    this.recorder.stop()
    this.#problems.stop()
  }

  async #startOnce(cluster: Cluster): Promise<Result<null>> {
    const parts = this.#open()
    if (!parts.ok) return this.#problems.raise(parts.failure, null)
    const choosing = this.#ports.choose(cluster, parts.value)
    const wanted = cluster.nodes
      .filter(({ state }) => state.kind !== 'killed')
      .map((node) => ({ node, ticket: node.queue() }))
    const kept = await choosing
    if (!kept.ok) {
      for (const { node, ticket } of wanted) if (node.isTurnOf(ticket)) await node.stop()
      return this.#problems.raise(kept.failure, null)
    }
    const started = await inWaves(wanted, supervisorLimits.startedAtOnce, ({ node, ticket }) =>
      this.#start(cluster, node, ticket),
    )
    return started.find((result) => !result.ok) ?? ok(null)
  }

  #makeNode(id: NodeId): ManagedNode {
    const events: NodeEvents = {
      changed: () => {
        this.#rates.saw(id, this.#clusters.node(id))
        this.#changes.mark()
      },
      noted: (what) => this.recorder.noteOfNode(id, what),
      traced: (events, dropped) => this.recorder.add(events, dropped),
      leftDown: (failure) => void this.#problems.raise(failure, id),
      started: () => {
        this.#sizes.runs(id)
        const kept = this.#folder?.keepHasRun(id) ?? ok(null)
        if (!kept.ok) this.#problems.raise(kept.failure, id)
        // Another one may have been chosen since its plan was made.
        const cluster = this.#clusters.clusterOf(id)
        const node = this.#clusters.node(id)
        if (cluster !== undefined && node !== null) void tellDialect(cluster, node, this.#folder)
      },
    }
    const { launcher, limits } = this.#options
    return new ManagedNode(id, { launcher, limits: { ...nodeLimits, ...limits }, events })
  }

  #in<T>(id: ClusterId, work: WorkIn<Result<T>>): Result<T> {
    const found = this.#clusters.find(id)
    if (!found.ok) return found
    const parts = this.#open()
    return parts.ok ? work(found.value, parts.value.folder) : parts
  }

  async #changing<T>(id: ClusterId, work: WorkIn<Promise<Result<T>>>): Promise<Result<T>> {
    const begun = this.#in(id, (cluster, folder) => ok(work(cluster, folder)))
    return begun.ok ? begun.value.finally(() => this.#changes.mark()) : begun
  }

  #ring(id: ClusterId): Result<{ readonly spec: ClusterSpec; readonly ring: RingSpec; readonly folder: LabFolder }> {
    return this.#in(id, ({ spec }, folder) =>
      spec.ring === null ? fail('does-not-apply', `${id} is no ring`) : ok({ spec, ring: spec.ring, folder }),
    )
  }

  /** It is as it was chosen; if it was up, it comes up again. */
  async #setAnew(id: ClusterId): Promise<Result<null>> {
    const before = this.#clusters.find(id)
    if (!before.ok) return before
    const mustStart = !isAtRest(before.value)
    const order = mustStart ? this.#orders.give(id) : this.#orders.lastOf(id)
    await this.#startOrder.stopAll(before.value.nodes)
    this.#clusters.shapeAnew()
    this.#changes.mark()
    const cluster = this.#clusters.find(id)
    return mustStart && order === this.#orders.lastOf(id) && cluster.ok ? this.#startOnce(cluster.value) : ok(null)
  }

  /** Whoever asks this cluster was told of another one, if something was chosen. */
  #becameAnother<T>(id: ClusterId, chosen: Result<T>): Result<T> {
    const askers = this.#clusters.all.filter((one) => one.spec.asks.includes(id) && !isAtRest(one))
    if (chosen.ok) for (const asker of askers) void this.#startAnew(asker)
    this.#changes.mark()
    return chosen
  }

  /** Those whom it asks have moved, and it looks for them where they were. */
  async #startAnew(cluster: Cluster): Promise<void> {
    const { id } = cluster.spec
    const order = this.#orders.lastOf(id)
    await this.#startOrder.stopAll(cluster.nodes)
    if (order === this.#orders.lastOf(id)) await this.#startOnce(cluster)
  }

  async #start({ spec }: Cluster, node: ManagedNode, ticket: Ticket): Promise<Result<null>> {
    // A kill, a stop or a reset came before its turn: nothing of theirs is undone, and nothing is written to the lab.
    if (!node.isTurnOf(ticket)) return fail('node-down', 'the node was stopped before its turn came')
    this.#faults.clearKillsOf(node.id)
    const parts = this.#open()
    if (!parts.ok) return node.refuse(parts.failure)
    const plan = planFor(spec, node.id, parts.value)
    if (!plan.ok) return node.refuse(plan.failure)
    this.#startOrder.started(node)
    return node.start(ticket, plan.value)
  }

  #faultBegan(active: ActiveFault): void {
    this.recorder.noteFault('began', active)
    if (active.fault.kind === 'kill') this.#clusters.node(active.fault.node)?.kill(active.id)
    this.#enforce()
  }

  #faultEnded(active: ActiveFault): void {
    this.recorder.noteFault('ended', active)
    this.#enforce()
    if (active.fault.kind !== 'kill' || this.#holdsDown) return
    const { node: id } = active.fault
    const node = this.#clusters.node(id)
    if (node?.state.kind === 'killed' && this.#faults.killOf(id) === null) void this.startNode(id)
  }

  /** Every node is told all that is in force for it; saying it twice does no harm. */
  #enforce(): void {
    for (const node of this.#clusters.nodes) node.obey(rulesFor(node.id, this.#faults.active))
    this.#changes.mark()
  }

  #open(): Result<PlanParts> {
    if (this.#folder === null) {
      const folder = LabFolder.open(this.#options.labDir)
      if (!folder.ok) return folder
      this.#folder = folder.value
    }
    const { lab, host } = this.#options
    const clusters = this.#clusters.all.map(({ spec }) => spec)
    return ok({ lab, host, folder: this.#folder, faults: this.#faults, rings: this.#rings, clusters })
  }

  #card({ spec, nodes }: Cluster, nowWallMs: number): ClusterCard {
    const { rates, commits } = this.#rates
    const said = { ...keptOf(spec, this.#folder), host: this.#rings.hostOf(spec), sizes: this.#sizes.choiceOf(spec) }
    return clusterCard({ spec, nodes, rates, commits, faults: this.#faults.active, ...said }, nowWallMs)
  }
}
