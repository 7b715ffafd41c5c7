import type { ActiveFault, Fault } from '#contract/worker/faults'
import { type FaultId, faultId, type NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { directionsOf, nodesOf } from './fault-rules.ts'

export const faultLimits = { activeMax: 64 } as const

export interface FaultEffects {
  /** Nodes of one cluster talk to each other; a link fault between clusters acts on nothing. */
  areLinked(one: NodeId, other: NodeId): boolean
  isNode(id: NodeId): boolean
  isDown(id: NodeId): boolean
  began(fault: ActiveFault): void
  ended(fault: ActiveFault): void
}

/** The faults that are active, each with its own end. It keeps the list; what they do is done by the effects. */
export class FaultInjector {
  readonly #effects: FaultEffects
  readonly #active = new Map<FaultId, { readonly fault: ActiveFault; readonly timer: NodeJS.Timeout | null }>()
  #made = 0

  constructor(effects: FaultEffects) {
    this.#effects = effects
  }

  get active(): readonly ActiveFault[] {
    return [...this.#active.values()].map(({ fault }) => fault)
  }

  inject(fault: Fault, forMs: number | null): Result<ActiveFault> {
    const refused = this.#check(fault)
    if (refused !== null) return refused
    this.#made += 1
    const sinceWallMs = Date.now()
    const endsWallMs = forMs === null ? null : sinceWallMs + forMs
    const active: ActiveFault = { id: faultId(`fault-${this.#made}`), fault, sinceWallMs, endsWallMs }
    const timer = forMs === null ? null : setTimeout(() => this.clear(active.id), forMs)
    this.#active.set(active.id, { fault: active, timer })
    this.#effects.began(active)
    return ok(active)
  }

  clear(id: FaultId): Result<null> {
    const found = this.#active.get(id)
    if (found === undefined) return fail('unknown-fault', `no fault ${id} is active`)
    if (found.timer !== null) clearTimeout(found.timer)
    this.#active.delete(id)
    this.#effects.ended(found.fault)
    return ok(null)
  }

  clearAll(): void {
    for (const id of [...this.#active.keys()]) this.clear(id)
  }

  /** Whoever starts a node means it: the kills that hold it down are over. */
  clearKillsOf(node: NodeId): void {
    for (const { id, fault } of this.active) if (fault.kind === 'kill' && fault.node === node) this.clear(id)
  }

  killOf(node: NodeId): FaultId | null {
    return this.active.find(({ fault }) => fault.kind === 'kill' && fault.node === node)?.id ?? null
  }

  #check(fault: Fault): Result<never> | null {
    const stranger = nodesOf(fault).find((id) => !this.#effects.isNode(id))
    if (stranger !== undefined) return fail('unknown-node', `the lab has no node ${stranger}`)
    if (this.#active.size >= faultLimits.activeMax) return fail('busy', `${faultLimits.activeMax} faults are active`)
    if (fault.kind === 'skew' && fault.ms === 0) return fail('does-not-apply', 'a skew of nothing')
    if (fault.kind === 'kill' && this.#effects.isDown(fault.node)) return fail('node-down', `${fault.node} is down`)
    if ('node' in fault) return null
    const directions = directionsOf(fault)
    if (directions.length === 0) return fail('does-not-apply', 'a node has no link to itself')
    const unlinked = directions.find(({ from, to }) => !this.#effects.areLinked(from, to))
    if (unlinked === undefined) return null
    return fail('does-not-apply', `${unlinked.from} and ${unlinked.to} are in different clusters`)
  }
}
