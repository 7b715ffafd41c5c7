import type { RingSettings } from '#contract/window/ring'
import type { KeyPair } from '#contract/worker/protocol'
import { assert } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import { keptIn, LabFolder } from './lab-folder.ts'
import { ringKeyName } from './lab-rings.ts'
import { type ClusterSpec, presets, type RingSpec } from './presets.ts'
import { defaultRing } from './ring-settings.ts'

/** What it takes to meet the peers of a ring. Whoever has the key is one of them. */
export interface RingAccess {
  readonly settings: RingSettings
  readonly group: RingSpec['group']
  readonly key: KeyPair
}

/** To the ring of a lab, from its folder. Its key is made if nobody needed it so far, so that the lab will have the same. */
export function ringAccess(labDir: string): Result<RingAccess> {
  const [spec, ring] = preset()
  const folder = LabFolder.open(labDir)
  if (!folder.ok) return folder
  const settings = keptIn(labDir).rings[spec.id] ?? defaultRing(spec, ring)
  const name = ringKeyName(spec.id, settings.key)
  const keys = folder.value.keys([name])
  if (!keys.ok) return keys
  const key = keys.value[name]
  assert(key !== undefined, 'a key that was asked for is there')
  return ok({ settings, group: ring.group, key })
}

/** One more peer, in a lab of its own whose folder nobody else uses: its only cluster. */
export function guestRing(labDir: string, { settings, group, key }: RingAccess, name: string): Result<ClusterSpec> {
  const [spec, ring] = preset()
  const folder = LabFolder.open(labDir)
  if (!folder.ok) return folder
  const keyKept = folder.value.keepKey(ringKeyName(spec.id, 'phrase'), key)
  if (!keyKept.ok) return keyKept
  const kept = folder.value.keepRing(spec.id, { ...settings, names: [name], key: 'phrase' })
  if (!kept.ok) return kept
  const nodes = [{ id: nodeId(`${spec.id}-1`), role: 'ring-peer', name } as const]
  return ok({ ...spec, nodes, ring: { ...ring, group } })
}

function preset(): readonly [ClusterSpec, RingSpec] {
  const spec = presets.find(({ kind }) => kind === 'ring')
  assert(spec !== undefined && spec.ring !== null, 'the program has a ring')
  return [spec, spec.ring]
}
