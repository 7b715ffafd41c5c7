import type { RingSettings, RingSettingsChange, RingSetup } from '#contract/window/ring'
import type { KeyPair } from '#contract/worker/protocol'
import type { RingPlan } from '#contract/worker/ring'
import { assert } from '#kit/assert'
import type { Failure } from '#kit/failures'
import { type ClusterId, type NodeId, nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { hostTowardsOutside, interfacesHere } from './interfaces.ts'
import type { LabFolder } from './lab-folder.ts'
import type { ClusterSpec, RingSpec } from './presets.ts'
import { fingerprintOf, inventPhrase, keyOfPhrase, ringKeyOf } from './ring-key.ts'
import { changedRing, defaultRing, withPeers } from './ring-settings.ts'

/** Where the peers of a ring listen, and where they meet others. */
export interface RingPlace extends Pick<RingPlan, 'interfaceHost' | 'ttl'> {
  readonly host: string
}

/** Peers whose address goes away only fall silent, and nobody else would say why. */
export interface WatchedRings {
  isUp(id: ClusterId): boolean
  gone(failure: Failure): void
}

const unwatched: WatchedRings = { isUp: () => false, gone: () => {} }
const lookEveryMs = 2_000

/** Enough for a switch and an access point; routers do not pass it on. */
const ttlOnLan = 1

/**
 * How the rings of a lab are set up. A place is looked for before the first peer of a ring starts, as its ports are, and
 * stands while one lives: an address that changes meanwhile would make a peer somebody else to all others.
 */
export class LabRings {
  readonly #host: string
  readonly #settings: Map<string, RingSettings>
  readonly #places = new Map<ClusterId, RingPlace>()

  readonly #watched: WatchedRings
  readonly #gone = new Set<ClusterId>()
  #timer: NodeJS.Timeout | null = null

  constructor(host: string, kept: Readonly<Record<string, RingSettings>>, watched: WatchedRings = unwatched) {
    this.#host = host
    this.#watched = watched
    this.#settings = new Map(Object.entries(kept))
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** The lab is as new. */
  forget(): void {
    this.#settings.clear()
    this.#places.clear()
  }

  /** The cluster as it is to run: a ring with the peers that were chosen. */
  shaped(spec: ClusterSpec): ClusterSpec {
    const settings = this.#settings.get(spec.id)
    return spec.ring === null || settings === undefined ? spec : withPeers(spec, settings)
  }

  hostOf({ id }: ClusterSpec): string {
    return this.#places.get(id)?.host ?? this.#host
  }

  async choosePlace(spec: ClusterSpec): Promise<Result<null>> {
    if (spec.ring === null) return ok(null)
    const place = await this.#placeFor(this.#settingsOf(spec, spec.ring))
    if (!place.ok) return place
    this.#places.set(spec.id, place.value)
    if (place.value.ttl > 0) this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref()
    return ok(null)
  }

  /** What all peers of a ring share lies with the lab's keys. */
  keyNameOf(spec: ClusterSpec): NodeId | null {
    return spec.ring === null ? null : ringKeyName(spec.id, this.#settingsOf(spec, spec.ring).key)
  }

  planOf(spec: ClusterSpec, node: NodeId, keys: Readonly<Record<NodeId, KeyPair>>): RingPlan | null {
    const { id, ring, nodes } = spec
    if (ring === null) return null
    const { textsFrom, timing, key } = this.#settingsOf(spec, ring)
    const place = this.#places.get(id)
    const pair = keys[ringKeyName(id, key)]
    assert(place !== undefined && pair !== undefined, 'a ring has a place and a key')
    const { interfaceHost, ttl } = place
    const name = nodes.find((one) => one.id === node)?.name ?? node
    const secret = Buffer.from(ringKeyOf(pair.secretKey)).toString('hex')
    return { name, group: ring.group, interfaceHost, ttl, key: secret, textsFrom, timing }
  }

  async setup(spec: ClusterSpec, ring: RingSpec, folder: LabFolder): Promise<Result<RingSetup>> {
    const settings = this.#settingsOf(spec, ring)
    const name = ringKeyName(spec.id, settings.key)
    const keys = folder.keys([name])
    if (!keys.ok) return keys
    const pair = keys.value[name]
    assert(pair !== undefined, 'a key that was asked for is there')
    const place = await this.#placeFor(settings)
    const host = place.ok ? place.value.host : null
    return ok({ settings, fingerprint: fingerprintOf(pair), group: ring.group, interfaces: interfacesHere(), host })
  }

  /** Gives back the phrase, where it had to invent one. A network that is not there is refused, and nothing is kept. */
  async configure(
    spec: ClusterSpec,
    ring: RingSpec,
    { folder, change }: { readonly folder: LabFolder; readonly change: RingSettingsChange },
  ): Promise<Result<string | null>> {
    const { key } = change
    const wanted = changedRing(this.#settingsOf(spec, ring), change)
    const place = await this.#placeFor(wanted)
    if (!place.ok) return place
    const invented = key?.from === 'invented' ? inventPhrase() : null
    const phrase = key?.from === 'phrase' ? key.phrase : invented
    if (phrase !== null) {
      const pair = await keyOfPhrase(phrase)
      if (!pair.ok) return pair
      const kept = folder.keepKey(ringKeyName(spec.id, 'phrase'), pair.value)
      if (!kept.ok) return kept
    }
    const kept = folder.keepRing(spec.id, wanted)
    if (!kept.ok) return kept
    this.#settings.set(spec.id, wanted)
    return ok(invented)
  }

  /** Once for each time that it goes. */
  #look(): void {
    const here = interfacesHere().map(({ host }) => host)
    for (const [id, { host, ttl }] of this.#places) {
      const isGone = ttl > 0 && this.#watched.isUp(id) && !here.includes(host)
      if (isGone && !this.#gone.has(id)) {
        this.#watched.gone({ code: 'no-interface', message: `${host}, where ${id} is reached, is no address here now` })
      }
      if (isGone) this.#gone.add(id)
      else this.#gone.delete(id)
    }
  }

  #settingsOf(spec: ClusterSpec, ring: RingSpec): RingSettings {
    return this.#settings.get(spec.id) ?? defaultRing(spec, ring)
  }

  async #placeFor({ reach, interface: named }: RingSettings): Promise<Result<RingPlace>> {
    const host = this.#host
    if (reach === 'loopback') return ok({ host, interfaceHost: host, ttl: 0 })
    // Reference peers multicast on the network that leads out, and on loopback where there is none.
    if (reach === 'beside') return ok({ host, interfaceHost: (await hostTowardsOutside()) ?? host, ttl: 0 })
    const found = named === null ? await hostTowardsOutside() : hostOn(named)
    if (found !== null) return ok({ host: found, interfaceHost: found, ttl: ttlOnLan })
    const names = interfacesHere().map(({ name }) => name)
    const wanted = named === null ? 'no network of this machine leads out' : `this machine has no network ${named}`
    return fail('no-interface', `${wanted}; it has: ${names.join(', ') || 'none'}`)
  }
}

function hostOn(named: string): string | null {
  return interfacesHere().find(({ name }) => name === named)?.host ?? null
}

export function ringKeyName(id: ClusterId, key: RingSettings['key']): NodeId {
  return nodeId(key === 'lab' ? id : `${id}-phrase`)
}
