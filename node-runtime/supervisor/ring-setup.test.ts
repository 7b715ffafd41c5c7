import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RingConfigured, RingSettingsChange, RingSetup } from '#contract/window/ring'
import { clusterId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { interfacesHere } from './interfaces.ts'
import { createSupervisor, type Problem, type Supervisor } from './supervisor.ts'
import { willingLauncher } from './testing/fake-worker.ts'
import { testClusters } from './testing/real-lab.ts'

const ring = clusterId('ring')
const { launcher, plans } = willingLauncher()
let dir: string
let problems: Problem[]
let lab: Supervisor
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-ring-setup-'))
  plans.splice(0)
  lab = opened()
})
afterEach(async () => {
  await lab.stop()
  rmSync(dir, { recursive: true, force: true })
})

function opened(labDir: string = dir): Supervisor {
  problems = []
  const supervisor = createSupervisor({ labDir, lab: 'test', launcher, clusters: testClusters })
  supervisor.onProblem((problem) => problems.push(problem))
  return supervisor
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}

const setup = async (of: Supervisor = lab): Promise<RingSetup> => given(await of.ringSetup(ring))
const configure = async (change: RingSettingsChange, of: Supervisor = lab): Promise<RingConfigured> =>
  given(await of.configureRing(ring, change))
const cards = () => lab.topology().clusters.find(({ id }) => id === ring)?.nodes ?? []
const phrase = 'onze abelhas na janela'

describe('how a ring is set up', () => {
  it('keeps to this machine until somebody chooses otherwise', async () => {
    const { settings, host, fingerprint } = await setup()
    expect(settings).toEqual({
      names: ['Ana', 'Bia', 'Caio'],
      reach: 'loopback',
      interface: null,
      textsFrom: 'this-machine',
      timing: 'demo',
      key: 'lab',
    })
    expect([host, fingerprint]).toEqual(['127.0.0.1', expect.stringMatching(/^[0-9a-f]{4}-[0-9a-f]{4}$/)])
    given(await lab.startCluster(ring))
    expect(plans.map(({ wire, ring: told }) => [wire.host, told?.name, told?.interfaceHost, told?.ttl])).toEqual(
      settings.names.map((name) => ['127.0.0.1', name, '127.0.0.1', 0]),
    )
    expect(new Set(plans.map(({ ring: told }) => told?.key)).size).toBe(1)
  })

  it('has as many peers as names, also after the next opening of the lab, until it is reset', async () => {
    await configure({ names: ['Davi', 'Eva', 'Fabi', 'Gil'] })
    expect(cards().map(({ id }) => id)).toEqual(['ring-1', 'ring-2', 'ring-3', 'ring-4'].map(nodeId))
    expect(plans, 'what rests is not started').toEqual([])
    lab = opened()
    expect(cards()).toHaveLength(4)
    given(await lab.startCluster(ring))
    expect(plans.map(({ ring: told }) => told?.name)).toEqual(['Davi', 'Eva', 'Fabi', 'Gil'])
    given(await lab.reset())
    expect(cards()).toHaveLength(3)
    expect((await setup()).settings.names).toEqual(['Ana', 'Bia', 'Caio'])
  })

  it('starts what runs anew, all of it, and only what runs', async () => {
    given(await lab.startCluster(ring))
    plans.splice(0)
    const { setup: told } = await configure({ timing: 'reference', textsFrom: 'nobody', names: ['Ana', 'Bia'] })
    expect(told.settings).toMatchObject({ timing: 'reference', textsFrom: 'nobody', key: 'lab' })
    expect(plans.map(({ ring: plan }) => [plan?.name, plan?.timing, plan?.textsFrom])).toEqual([
      ['Ana', 'reference', 'nobody'],
      ['Bia', 'reference', 'nobody'],
    ])
    expect(plans.map(({ peers }) => peers.length)).toEqual([1, 1])
    expect(cards().map(({ state }) => state.kind)).toEqual(['running', 'running'])
  })

  it('is nothing that other clusters have', async () => {
    expect(await lab.ringSetup(clusterId('notary'))).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(await lab.configureRing(clusterId('none'), {})).toMatchObject({ failure: { code: 'unknown-cluster' } })
  })
})

// What a phrase costs whoever tries many, it costs a busy machine too.
describe('the key of a ring', { timeout: 30_000 }, () => {
  it('follows from a phrase on every machine, and goes back to what it was', async () => {
    const before = await setup()
    const { setup: here, phrase: told } = await configure({ key: { from: 'phrase', phrase } })
    expect([here.settings.key, told]).toEqual(['phrase', null])
    expect(here.fingerprint).not.toBe(before.fingerprint)
    const elsewhere = opened(join(dir, 'elsewhere'))
    const there = await configure({ key: { from: 'phrase', phrase: `  ${phrase.replaceAll(' ', '  ')}` } }, elsewhere)
    expect(there.setup.fingerprint).toBe(here.fingerprint)
    const other = await configure({ key: { from: 'phrase', phrase: `${phrase}s` } }, elsewhere)
    expect(other.setup.fingerprint).not.toBe(here.fingerprint)
    await elsewhere.stop()
    expect((await configure({ key: { from: 'lab' } })).setup.fingerprint).toBe(before.fingerprint)
  })

  it('is what peers are told, and the phrase stands nowhere', async () => {
    given(await lab.startCluster(ring))
    const own = plans[0]?.ring?.key
    await configure({ key: { from: 'phrase', phrase } })
    const keys = plans.slice(3).map(({ ring: told }) => told?.key)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).not.toBe(own)
    for (const file of ['lab.json', 'keys.json']) expect(readFileSync(join(dir, file), 'utf8')).not.toContain('abelhas')
  })

  it('can be of a phrase that is invented, told once, and good for others', async () => {
    const { setup: here, phrase: invented } = await configure({ key: { from: 'invented' } })
    expect(invented).toMatch(/^([a-z]{4}-){5}[a-z]{4}$/)
    const elsewhere = opened(join(dir, 'elsewhere'))
    const there = await configure({ key: { from: 'phrase', phrase: invented ?? '' } }, elsewhere)
    expect(there.setup.fingerprint).toBe(here.fingerprint)
    await elsewhere.stop()
  })

  it('does not come of a phrase that is mostly space', async () => {
    const refused = await lab.configureRing(ring, { key: { from: 'phrase', phrase: `abelha${' '.repeat(20)}` } })
    expect(refused).toMatchObject({ failure: { code: 'bad-request' } })
    expect((await setup()).settings.key).toBe('lab')
  })
})

describe('the network of a ring', () => {
  it('is refused by name where this machine has none of it, and nothing is kept', async () => {
    const refused = await lab.configureRing(ring, { reach: 'lan', interface: 'gone0', names: ['Eva'] })
    expect(refused).toMatchObject({ failure: { code: 'no-interface' } })
    expect((await setup()).settings).toMatchObject({ reach: 'loopback', names: ['Ana', 'Bia', 'Caio'] })
  })

  it('that has gone since is said plainly, and no peer is started elsewhere', async () => {
    await configure({ names: ['Ana'] })
    const file = join(dir, 'lab.json')
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    kept.rings.ring = { ...kept.rings.ring, reach: 'lan', interface: 'gone0' }
    writeFileSync(file, JSON.stringify(kept))
    lab = opened()
    expect(await lab.startCluster(ring)).toMatchObject({ failure: { code: 'no-interface' } })
    expect(problems).toMatchObject([{ code: 'no-interface' }])
    expect(plans).toEqual([])
    expect((await setup()).host).toBeNull()
  })

  // A machine without any network has none to choose.
  it.runIf(interfacesHere().length > 0)('is where its peers listen, and strangers are not heard there', async () => {
    const [network] = interfacesHere()
    const { setup: told } = await configure({ reach: 'lan', interface: network!.name })
    expect([told.host, told.interfaces]).toEqual([network!.host, interfacesHere()])
    given(await lab.startCluster(ring))
    expect(plans[0]).toMatchObject({ wire: { host: network!.host } })
    expect(plans[0]?.peers.every(({ host }) => host === network!.host)).toBe(true)
    expect(plans[0]?.ring).toMatchObject({ interfaceHost: network!.host, ttl: 1, textsFrom: 'this-machine' })
    expect(cards()[0]?.address?.host).toBe(network!.host)
  })
})
