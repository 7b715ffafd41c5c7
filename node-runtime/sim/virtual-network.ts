import type { LinkRules } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { wireLimits } from '#ports/wire'
import type { Weather } from './scenario.ts'
import type { Envelope, Words } from './subject.ts'

export const networkLimits = {
  /** Envelopes on their way on one link. Past that the newest is dropped, as in a full send queue. */
  inFlightPerLinkMax: wireLimits.queuedPerPeerMax,
  /** The longest an envelope may be on its way, whatever weather and faults add up to. */
  delayTicksMax: 1_023,
} as const

/** What one link suffers from faults, in ticks; the weather comes on top. */
export type LinkFaults = Pick<LinkRules, 'isCut' | 'lossPercent' | 'duplicatePercent'> & {
  readonly delayTicks: number
  readonly jitterTicks: number
}

interface Link {
  readonly label: string
  faults: LinkFaults | null
  inFlight: number
  /** The latest tick in which something on this link is due. */
  lastDueTick: number
  /** The stream of this link in the tick `luckTick`; the envelopes of one tick draw from it one after the other. */
  luck: Random | null
  luckTick: number
}

interface Travelling<W extends Words> extends Envelope<W> {
  readonly link: Link
}

/**
 * Holds envelopes until they are due. Luck is keyed by link and tick and not drawn from one stream, so that taking a
 * fault out of a scenario leaves the luck of everything else as it was.
 */
export class VirtualNetwork<W extends Words> {
  readonly #random: Random
  readonly #links = new Map<NodeId, Map<NodeId, Link>>()
  /** One list for each tick that can be reached from now, in a ring. Within a tick, who sent first arrives first. */
  readonly #wheel: Travelling<W>[][] = Array.from({ length: networkLimits.delayTicksMax + 1 }, () => [])
  #weather: Weather

  constructor(nodes: readonly NodeId[], weather: Weather, random: Random) {
    this.#weather = weather
    this.#random = random
    for (const from of nodes) {
      const links = new Map<NodeId, Link>()
      for (const to of nodes) {
        if (from === to) continue
        links.set(to, { label: `${from}>${to}@`, faults: null, inFlight: 0, lastDueTick: 0, luck: null, luckTick: -1 })
      }
      this.#links.set(from, links)
    }
  }

  setWeather(weather: Weather): void {
    this.#weather = weather
  }

  /** All that is in force from now on; links that are not named are well. */
  setFaults(faulty: readonly { readonly from: NodeId; readonly to: NodeId; readonly faults: LinkFaults }[]): void {
    for (const links of this.#links.values()) for (const link of links.values()) link.faults = null
    for (const { from, to, faults } of faulty) this.#link(from, to).faults = faults
  }

  /** Why it was dropped at the sender; null: it is on its way. */
  send({ from, to, message }: Envelope<W>, tick: number): DropWhy | null {
    const link = this.#link(from, to)
    if (link.faults?.isCut) return 'cut'
    if (link.inFlight >= networkLimits.inFlightPerLinkMax) return 'queue-full'
    if (this.#happens(link, tick, Math.max(this.#weather.lossPercent, link.faults?.lossPercent ?? 0))) return 'loss'
    const copyPercent = Math.max(this.#weather.copyPercent, link.faults?.duplicatePercent ?? 0)
    for (let copies = this.#happens(link, tick, copyPercent) ? 2 : 1; copies > 0; copies -= 1) {
      const dueTick = this.#dueTick(link, tick)
      link.lastDueTick = Math.max(link.lastDueTick, dueTick)
      link.inFlight += 1
      this.#slot(dueTick).push({ from, to, message, link })
    }
    return null
  }

  /** Takes out what is due now. Each tick must be asked for, in order. */
  due(tick: number): readonly Envelope<W>[] {
    const slot = this.#slot(tick)
    if (slot.length === 0) return slot
    for (const { link } of slot) link.inFlight -= 1
    this.#wheel[tick % this.#wheel.length] = []
    return slot
  }

  #dueTick(link: Link, tick: number): number {
    const jitterTicks = this.#weather.jitterTicks + (link.faults?.jitterTicks ?? 0)
    const jitter = jitterTicks === 0 ? 0 : this.#luck(link, tick).below(jitterTicks + 1)
    const delay = this.#weather.latencyTicks + (link.faults?.delayTicks ?? 0) + jitter
    // Nothing arrives in the tick in which it was sent: that slot has been emptied already.
    const dueTick = tick + Math.min(Math.max(1, delay), networkLimits.delayTicksMax)
    // Only jitter turns the order of a link around; a delay that is lifted lets nothing overtake.
    return jitterTicks === 0 ? Math.max(dueTick, link.lastDueTick) : dueTick
  }

  #happens(link: Link, tick: number, percent: number): boolean {
    return percent > 0 && this.#luck(link, tick).chance(percent, 100)
  }

  #luck(link: Link, tick: number): Random {
    if (link.luck === null || link.luckTick !== tick) {
      link.luck = this.#random.fork(`${link.label}${tick}`)
      link.luckTick = tick
    }
    return link.luck
  }

  #link(from: NodeId, to: NodeId): Link {
    const link = this.#links.get(from)?.get(to)
    assert(link !== undefined, `a link from ${from} to ${to}`)
    return link
  }

  #slot(tick: number): Travelling<W>[] {
    const slot = this.#wheel[tick % this.#wheel.length]
    assert(slot !== undefined, 'the wheel has a slot for every tick')
    return slot
  }
}
