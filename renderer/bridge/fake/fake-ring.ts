import type { CallInput, CallOutput } from '#contract/window/contract'
import type { ClusterCard, NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { RingCallName, RingHistoryRow, RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import type { ClusterId, NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { given } from './answers.ts'

type RingHandlers = {
  readonly [Name in RingCallName]: (input: CallInput<Name>) => Result<CallOutput<Name>>
}

/** What of the ring is drawn, for design work: `whole`; the last peer `suspected`; cut off on its own; gone. */
export const fakeRingScenes = ['whole', 'suspected', 'split', 'killed'] as const
export type FakeRingScene = (typeof fakeRingScenes)[number]

export interface FakeRingStart {
  readonly messages?: number
  readonly scene?: FakeRingScene
  readonly nowMs?: number
}

const names = ['Ana', 'Bia', 'Caio', 'Davi'] as const
const idOf = (index: number): string => `127.0.0.1:${9_001 + index}`
const nodeOf = (index: number): NodeId => `ring-${index + 1}` as NodeId // the shape that kit/ids would check

/** A scripted ring that has one history, which every peer of it shows. Its peers do not think: a scene is drawn as it is. */
export class FakeRing {
  readonly #rows: RingHistoryRow[] = []
  readonly #scene: FakeRingScene
  readonly #left = new Set<string>()
  #nowMs = 0

  constructor({ messages = 0, scene = 'whole', nowMs = 0 }: FakeRingStart = {}) {
    this.#scene = scene
    this.#nowMs = nowMs
    for (let index = 0; index < messages; index += 1) {
      const author = names[index % names.length] ?? names[0]
      this.#add(author, `message ${index + 1}`, nowMs + (index - messages) * 60_000, index % 9 === 4)
    }
  }

  advance(lab: TopologySnapshot): TopologySnapshot {
    this.#nowMs = lab.takenWallMs
    const view = lab.clusters[0]?.nodes[0]?.view ?? null
    const nodes = names.map((_, index) => this.#card(index, view))
    const id = 'ring' as ClusterId // the shape that kit/ids would check
    const ring: ClusterCard = {
      ...{ id, kind: 'ring', state: 'running', dialect: null, nodes, sizes: null, commitsPerSecond: null },
      links: nodes.flatMap(({ id: from }) =>
        nodes.flatMap(({ id: to }) => (from === to ? [] : [linkOf(from, to, this.#nowMs)])),
      ),
    }
    return { ...lab, clusters: [...lab.clusters, ring] }
  }

  handlers(): RingHandlers {
    return {
      'ring.say': ({ nodeId, text }) => {
        const index = names.findIndex((_, at) => nodeOf(at) === nodeId)
        const uuid = this.#add(names[index] ?? nodeId, text, this.#nowMs, false)
        return given({ uuid, isFitted: text.includes('|') })
      },
      'ring.history': ({ before, limit }) => {
        const end = before === null ? this.#rows.length : this.#rows.findIndex(({ place }) => place === before)
        const from = Math.max(0, end - limit)
        const rows = this.#rows.slice(from, end).toReversed()
        const next = from > 0 ? (rows.at(-1)?.place ?? null) : null
        return given({ rows, next, total: this.#rows.length })
      },
      'ring.command': ({ nodeId, command }) => {
        if (command === 'leave') this.#left.add(nodeId)
        if (command === 'join') this.#left.delete(nodeId)
        return given(null)
      },
    }
  }

  #add(author: string, text: string, atMs: number, isLate: boolean): string {
    const stamp = this.#rows.length + 1
    const uuid = `00000000-0000-4000-8000-${String(stamp).padStart(12, '0')}`
    const place = String(stamp).padStart(16, '0')
    this.#rows.push({ place, uuid, author, text, peer: author, source: 'own', stamp, atMs, isLate })
    return uuid
  }

  #card(index: number, view: NodeCard['view']): NodeCard {
    const isKilled = this.#scene === 'killed' && index === names.length - 1
    const sinceWallMs = 0
    return {
      id: nodeOf(index),
      clusterId: 'ring' as ClusterId, // the shape that kit/ids would check
      role: 'ring-peer',
      state: isKilled
        ? { kind: 'killed', sinceWallMs, fault: 'fault-0' as never } // design work only
        : { kind: 'running', sinceWallMs, pid: 5_000 + index },
      address: { host: '127.0.0.1', port: 9_001 + index },
      http: null,
      crashes: 0,
      view: view && {
        ...{ ...view, leadership: null, log: null, clockSync: null, notary: null, desk: null },
        ring: this.#facts(index),
      },
      viewWallMs: this.#nowMs,
    }
  }

  #facts(index: number): RingPeerFacts {
    const last = names.length - 1
    const isApart = this.#scene === 'split'
    const ours = names.map((_, at) => at).filter((at) => this.#isTogether(at, index))
    const suspects = (at: number): boolean => this.#scene === 'suspected' && at === last && index === last - 1
    const members = ours.map((at): RingMemberFacts => {
      const name = names[at] ?? names[0]
      return { id: idOf(at), node: nodeOf(at), kind: 'own', name, state: suspects(at) ? 'suspected' : 'well' }
    })
    const leader = ours[0] ?? index
    const next = ours[(ours.indexOf(index) + 1) % ours.length] ?? index
    return {
      id: idOf(index),
      name: names[index] ?? names[0],
      state: this.#left.has(nodeOf(index)) ? 'left' : leader === index ? 'leader' : 'member',
      leader: idOf(leader),
      term: isApart ? 2 : 1,
      version: members.length,
      members,
      next: next === index ? null : idOf(next),
      localHealth: index === 1 ? 2 : 0,
      records: this.#rows.length,
      historyRevision: this.#rows.length,
      underWay: 0,
      waiting: 0,
      refused: index === 0 ? { garbage: 12, 'wrong-key': 3 } : {},
    }
  }

  #isTogether(one: number, other: number): boolean {
    const last = names.length - 1
    if (this.#scene === 'killed') return one !== last
    return this.#scene !== 'split' || (one === last) === (other === last)
  }
}

function linkOf(from: NodeId, to: NodeId, nowMs: number): ClusterCard['links'][number] {
  const rates = { messagesPerSecond: 4, bytesPerSecond: 400, droppedPerSecond: 0, latencyMs: 1 }
  return { from, to, ...rates, heardWallMs: nowMs - 100, faults: [] }
}
