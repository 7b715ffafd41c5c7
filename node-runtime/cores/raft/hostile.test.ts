import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { termMax } from './codec.ts'
import { RaftCore } from './core.ts'
import type { Entry } from './entry.ts'
import type { RaftLimits } from './limits.ts'
import { logLimits } from './log.ts'
import { encodeMembership, founded, type Membership } from './membership.ts'
import type { ChunkOrder, LogEnd, RaftInput, RaftOutput, RaftView, RaftWords, SnapshotId } from './messages.ts'
import { progressLimits } from './progress.ts'
import { Disk } from './testing/disk.ts'
import { favour, timing } from './testing/group.ts'
import { entry, n1, n2, n3, n4, tick, words } from './testing/one-core.ts'

/**
 * Peers that say anything at all, though mostly something that a right peer might have said to this node, or they would
 * not get far. The world around the node does what it should.
 */
class Mob {
  readonly #random: Random
  readonly #disk: Disk
  #view: RaftView
  #order: ChunkOrder | null = null

  constructor(random: Random, disk: Disk, view: RaftView) {
    this.#random = random
    this.#disk = disk
    this.#view = view
  }

  see(view: RaftView, output: RaftOutput): void {
    this.#view = view
    this.#order = output.chunksWanted[0] ?? this.#order
  }

  input(): RaftInput {
    const random = this.#random
    const order = this.#order
    if (order !== null && random.chance(1, 3)) {
      this.#order = null
      const chunk = { number: order.number, isLast: random.chance(1, 3), bytes: new Uint8Array(0) }
      const snapshot = { ...this.#disk.applied, transfer: order.transfer }
      return { kind: 'chunk', order, found: random.chance(1, 8) ? null : { snapshot, chunk } }
    }
    if (random.chance(1, 4)) return tick
    if (random.chance(1, 5)) return this.#request()
    const from = random.chance(1, 30) ? random.pick([n1, nodeId('n9')]) : random.pick([n2, n3, n4])
    return words(from, this.#words(), random.chance(1, 10) ? 2 : 1)
  }

  #request(): RaftInput {
    const random = this.#random
    const node = random.pick([n1, n2, n3, n4])
    const atMs = random.below(100)
    return random.pick<() => RaftInput>([
      () => ({ kind: 'propose', ref: 1, payload: new Uint8Array(3), atMs, lamport: 1 }),
      () => ({ kind: 'read', ref: 2 }),
      () => ({ kind: 'change-members', ref: 3, change: { kind: 'add', node, incarnation: 2 }, atMs }),
      () => ({ kind: 'change-members', ref: 3, change: { kind: random.pick(['promote', 'remove']), node }, atMs }),
      () => ({ kind: 'hand-over', to: node }),
      () => ({ kind: 'wish', leader: random.pick([node, null]) }),
      () => ({ kind: 'compact', upTo: random.below(this.#view.last.index + 2) }),
    ])()
  }

  #words(): RaftWords {
    const random = this.#random
    const { role, last: ownLast } = this.#view
    const term = this.#term()
    const isGranted = random.chance(4, 5)
    const [round, index, last] = [random.below(8), Math.max(0, ownLast.index - 3 + random.below(5)), this.#end()]
    const transfer = random.chance(2, 3) ? (this.#transfer ?? 1) : random.below(3)
    const answers: readonly (() => RaftWords)[] = [
      () => ({ kind: 'pre-vote', term: term + 1, isGranted, voterTerm: term }),
      () => ({ kind: 'vote', term, isGranted }),
      () => ({ kind: 'heartbeat-answer', term, round, lastIndex: index }),
      () => ({ kind: 'append-answer', term, matchIndex: index }),
      () => ({ kind: 'append-refusal', term, previousIndex: index, hint: last }),
      () => ({ kind: 'snapshot-answer', term, transfer, wanted: random.pick([0, 1, 2, null]) }),
    ]
    // Whoever asks for something is mostly answered, and whoever follows is mostly led.
    if (role !== 'follower' && random.chance(4, 5)) return random.pick(answers)()
    return random.pick<() => RaftWords>([
      ...answers,
      () => ({ kind: 'pre-vote-request', term: term + 1, last }),
      () => ({ kind: 'vote-request', term: term + random.below(2), last, isHandOver: random.chance(1, 3) }),
      () => ({ kind: 'heartbeat', term, round, commit: index }),
      () => ({ kind: 'commit', term, commit: index }),
      () => ({ kind: 'append', term, previous: last, entries: this.#entries(last), commit: index }),
      () => ({ kind: 'append', term, previous: last, entries: this.#entries(last), commit: index }),
      () => ({ kind: 'snapshot-chunk', term, snapshot: this.#snapshot(random.below(3)), ...this.#chunk() }),
      () => ({ kind: 'stand-now', term }),
      () => ({ kind: 'join', term }),
      () => ({ kind: 'disown', term, disowned: random.below(3) }),
    ])()
  }

  #term(): number {
    const random = this.#random
    if (random.chance(1, 1_000)) return termMax
    return Math.max(0, this.#view.term + (random.chance(1, 6) ? random.below(3) - 1 : 0))
  }

  get #transfer(): number | null {
    return this.#order?.transfer ?? null
  }

  #end(): LogEnd {
    const random = this.#random
    const { base, last, term } = this.#view
    if (random.chance(1, 8)) return { index: random.below(last.index + 3), term: Math.max(0, term - random.below(4)) }
    return random.pick([base, last, last, ...this.#disk.entries.slice(-3)])
  }

  #entries(previous: LogEnd): readonly Entry[] {
    const random = this.#random
    let { index, term } = previous
    return Array.from({ length: random.below(4) }, () => {
      index += random.chance(1, 20) ? 2 : 1
      term = random.chance(1, 20) ? 1 + random.below(6) : Math.max(term, this.#view.term - random.below(2))
      if (!random.chance(1, 6)) return entry({ index, term })
      const payload = random.chance(1, 4) ? Uint8Array.of(random.below(256)) : encodeMembership(this.#membership())
      return entry({ index, term, kind: 'members', payload })
    })
  }

  #membership(): Membership {
    const random = this.#random
    const nodes = [n1, n2, n3, n4].filter(() => random.chance(7, 8))
    return nodes.map((node) => ({ node, incarnation: random.chance(1, 8) ? 2 : 1, isVoter: random.chance(7, 8) }))
  }

  #snapshot(transfer: number): SnapshotId {
    const random = this.#random
    const { last, term } = this.#view
    const end = random.chance(1, 2)
      ? this.#end()
      : { index: last.index + random.below(4), term: Math.max(last.term, term - 1) }
    return { end, membership: this.#membership(), atMs: 0, lamport: 0, transfer }
  }

  #chunk() {
    return { number: this.#random.below(3), isLast: this.#random.chance(1, 3), bytes: new Uint8Array(0) }
  }
}

/** So that every limit is met. */
const tiny: RaftLimits = {
  log: { ...logLimits, tailBytesMax: 1_000 },
  progress: { ...progressLimits, appendsInFlightMax: 2, appendEntriesMax: 2, marksMax: 2 },
  committed: { entriesMax: 2, bytesMax: 1_000 },
  leadership: { uncommittedEntriesMax: 4, uncommittedBytesMax: 1_000 },
  reads: { waitingMax: 2 },
  promotionLagMax: 1,
}

/** One node through several lives among them. Gives back what it came to. */
function liveAmongThem(seed: string): readonly string[] {
  const random = new Random(seed)
  const disk = new Disk(random.chance(1, 5) ? [] : founded([n1, n2, n3]))
  const config = { id: n1, incarnation: 1, peers: [n2, n3, n4], ...timing, ...favour, favourites: [n2] }
  const reached: string[] = []
  for (let lives = 0; lives < 3; lives += 1) {
    const core = new RaftCore(config, disk.restored, { random, readLog: disk.readLog, limits: tiny })
    const mob = new Mob(random, disk, core.view)
    for (let steps = 0; steps < 100; steps += 1) {
      const output = core.step(Array.from({ length: 1 + random.below(3) }, () => mob.input()))
      if (output.persist !== null) disk.persist(output.persist)
      for (const committed of output.committed) disk.apply(committed)
      mob.see(core.view, output)
      expect(core.view.commitIndex).toBeLessThanOrEqual(core.view.last.index)
      reached.push(...output.notes.map((note) => (note.kind === 'role-changed' ? note.to : note.kind)))
      if (output.anomaly !== null) reached.push('anomaly')
      if (output.reads.length > 0) reached.push('read')
      if (output.committed.length > 0) reached.push('committed')
    }
  }
  return reached
}

describe('among peers that say anything', () => {
  it('EL17 no words in any order trip an assertion, and what they leave on the disk can be begun from', () => {
    const reached = new Map<string, number>()
    for (let seed = 0; seed < 100; seed += 1) {
      for (const what of liveAmongThem(`mob ${seed}`)) reached.set(what, (reached.get(what) ?? 0) + 1)
    }
    const rare = ['leader', 'read', 'committed', 'log-cut', 'members-changed', 'snapshot-began', 'snapshot-installed']
    for (const what of [...rare, 'handing-over', 'peer-lost-disk', 'group-lost', 'anomaly'])
      expect(reached.get(what) ?? 0, what).toBeGreaterThan(0)
  })
})
