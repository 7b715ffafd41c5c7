import type { RingSettings, RingSettingsChange } from '#contract/window/ring'
import { ringLimits, ringReaches, ringTextsFrom, ringTimingNames } from '#contract/worker/ring'
import { nodeId } from '#kit/ids'
import type { ClusterSpec, RingSpec } from './presets.ts'

const keys = ['lab', 'phrase'] as const

/** What holds until somebody chooses otherwise: nothing leaves this machine. */
export function defaultRing({ nodes }: ClusterSpec, { textsFrom, timing }: RingSpec): RingSettings {
  const names = nodes.map(({ id, name = id }) => name)
  return { names, reach: 'loopback', interface: null, textsFrom, timing, key: 'lab' }
}

export function changedRing(settings: RingSettings, { key, ...change }: RingSettingsChange): RingSettings {
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const changed = { ...settings, ...named }
  return key === undefined ? changed : { ...changed, key: key.from === 'lab' ? 'lab' : 'phrase' }
}

/** The cluster with as many peers as were chosen, under their names. */
export function withPeers(spec: ClusterSpec, { names }: RingSettings): ClusterSpec {
  const nodes = names.map(
    (name, index) => ({ id: nodeId(`${spec.id}-${index + 1}`), role: 'ring-peer', name }) as const,
  )
  return { ...spec, nodes }
}

/** null for what is not whole and sound: it stands in a file that people may have edited. */
export function readRingSettings(value: unknown): RingSettings | null {
  if (typeof value !== 'object' || value === null) return null
  const { names, reach, interface: named, textsFrom, timing, key } = value as Partial<Record<string, unknown>> // as is
  const found = {
    names: namesOf(names),
    reach: oneOf(ringReaches, reach),
    textsFrom: oneOf(ringTextsFrom, textsFrom),
    timing: oneOf(ringTimingNames, timing),
    key: oneOf(keys, key),
  }
  const isNamed = named === null || (typeof named === 'string' && named.length <= ringLimits.interfaceCharsMax)
  if (found.names === null || found.reach === null || found.textsFrom === null) return null
  if (found.timing === null || found.key === null || !isNamed) return null
  return { ...found, names: found.names, reach: found.reach, interface: named } as RingSettings // each was looked at
}

function namesOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > ringLimits.peersMax) return null
  return value.every((name) => typeof name === 'string' && name.length > 0) ? value : null
}

function oneOf<T extends string>(list: readonly T[], value: unknown): T | null {
  return list.find((one) => one === value) ?? null
}
