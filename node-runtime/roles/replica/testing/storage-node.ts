import { RaftCore } from '#cores/raft/core'
import type { Entry } from '#cores/raft/entry'
import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { registers } from '#cores/registers/registers'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { type Store, StoreFailure, type StoreTx, type StoreView } from '#ports/store'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { ReplicaStorage } from '../replica-storage.ts'
import type { AppliedOutcome } from '../sessions.ts'

type Trouble = 'none' | 'cut-before' | 'cut-after' | 'full'

class PowerCut extends Error {}

/** A store whose next transaction may meet with trouble. */
class TroubledStore implements Store {
  readonly #store: VirtualStore
  readonly #next: () => Trouble

  constructor(disk: VirtualDisk, next: () => Trouble) {
    this.#store = new VirtualStore(disk)
    this.#next = next
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    const trouble = this.#next()
    const result = this.#store.transaction((tx) => {
      const done = work(tx)
      if (trouble === 'cut-before') throw new PowerCut()
      if (trouble === 'full') throw new StoreFailure('disk-full', 'full')
      return done
    })
    if (trouble === 'cut-after') throw new PowerCut()
    return result
  }

  view(): StoreView {
    return this.#store.view()
  }

  close(): void {}
}

/** The core and the storage of one node, performed as the role performs them. */
export class StorageNode {
  readonly id: NodeId
  readonly #others: readonly NodeId[]
  readonly #random: Random
  readonly #disk = new VirtualDisk()
  #store: Store
  storage: ReplicaStorage
  core: RaftCore
  trouble: Trouble = 'none'
  isFull = false
  #next: RaftInput[] = []
  #lives = 0
  #canWrite = true
  onApplied: (entry: Entry, outcome: AppliedOutcome) => void = () => {}
  readonly seen = { restarts: 0, refusals: 0, installed: 0, resumed: 0, compacted: 0 }

  constructor(id: NodeId, founders: readonly NodeId[], random: Random) {
    this.id = id
    this.#others = founders.filter((other) => other !== id)
    this.#random = random
    this.#store = this.#openStore()
    this.storage = this.#open()
    this.core = this.#start()
  }

  #openStore(): Store {
    return new TroubledStore(this.#disk, () => this.#takeTrouble())
  }

  #open(): ReplicaStorage {
    const founders = [this.id, ...this.#others]
    return ReplicaStorage.open(this.#store, registers, { self: this.id, incarnation: 1, founders })
  }

  #takeTrouble(): Trouble {
    const { trouble } = this
    this.trouble = 'none'
    return this.isFull ? 'full' : trouble
  }

  #start(): RaftCore {
    const restored = this.storage.takeRestored()
    if (restored.incoming !== null) this.seen.resumed += 1
    this.#lives += 1
    const config = {
      id: this.id,
      incarnation: this.storage.incarnation,
      peers: this.#others,
      heartbeatTicks: 2,
      electionTicksMin: 8,
      electionTicksSpread: 8,
      favourites: [],
      favouriteWaitTicks: 30,
    }
    const random = this.#random.fork(`life ${this.#lives}`)
    return new RaftCore(config, restored, { random, readLog: this.storage.readLog })
  }

  restart(): void {
    this.seen.restarts += 1
    this.#next = this.#canWrite ? [] : [{ kind: 'cannot-write' }]
    this.#store = this.#openStore()
    this.storage = this.#open()
    this.core = this.#start()
  }

  /** Gives back what is to be sent; nothing if the node went down or could not write. */
  step(inputs: readonly RaftInput[]): RaftOutput | null {
    const output = this.core.step([...this.#next, ...inputs])
    this.#next = []
    if (!this.#save(output)) return null
    for (const entry of output.committed) this.onApplied(entry, this.storage.apply(entry))
    for (const note of output.notes) if (note.kind === 'snapshot-installed') this.seen.installed += 1
    for (const order of output.chunksWanted) {
      this.#next.push({ kind: 'chunk', order, found: this.storage.chunk(order) })
    }
    return output
  }

  /** Nobody waits in this world for a log to become long: it is compacted as far as ever it may. */
  compact(): void {
    if (this.storage.durableIndex > this.core.view.base.index) {
      this.seen.compacted += 1
      this.#next.push({ kind: 'compact', upTo: this.storage.durableIndex })
    }
  }

  #save({ persist }: RaftOutput): boolean {
    if (persist === null && !(this.#canWrite && this.storage.isWorkDue)) return true
    try {
      this.#store.transaction((tx) => this.storage.perform(tx, persist))
      this.storage.performed()
      return true
    } catch (error) {
      if (error instanceof PowerCut) this.restart()
      else if (error instanceof StoreFailure && error.code === 'disk-full') this.#refuse()
      else throw error
      return false
    }
  }

  #refuse(): void {
    this.#canWrite = false
    this.seen.refusals += 1
    this.restart()
  }

  regainDisk(): void {
    if (!this.#canWrite) this.#next.push({ kind: 'can-write' })
    this.#canWrite = true
    this.isFull = false
  }
}
