import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clusterId, nodeId } from '#kit/ids'
import { childProcessLauncher } from './child-process-launcher.ts'
import type { Launcher } from './launcher.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { FakeWorker, willingLauncher } from './testing/fake-worker.ts'

const notary = clusterId('notary')
const [one, two] = [nodeId('notary-1'), nodeId('notary-2')]

let dir: string
let lab: Supervisor
let launched: string[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-crossing-'))
  launched = []
  lab = createSupervisor({ labDir: dir, lab: 'test', launcher: crowdedLauncher(0) })
})
afterEach(async () => {
  await lab.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** Its first workers find their ports taken, as if another lab had come first; the later ones run. */
function crowdedLauncher(crowded: number): Launcher {
  const willing = willingLauncher().launcher
  return {
    kind: 'child-process',
    launch(order) {
      launched.push(order.nodeId)
      if (launched.length > crowded) return willing.launch(order)
      const worker = new FakeWorker(3_000 + launched.length)
      queueMicrotask(async () => {
        await worker.getReady()
        await worker.say({ kind: 'refused', failure: { code: 'port-taken', message: 'taken' } })
      })
      return worker.launched
    },
  }
}

const cards = () => lab.topology().clusters[0]!.nodes

describe('orders that cross in a fresh lab', () => {
  it('two nodes that are started at once both wait for the one choice of ports', async () => {
    const started = await Promise.all([lab.startNode(one), lab.startNode(two)])
    expect(started).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    expect(new Set(cards().map(({ address }) => address?.port)).size).toBe(3)
  })

  it('a cluster that is started twice at once starts each node once', async () => {
    await Promise.all([lab.startCluster(notary), lab.startCluster(notary)])
    expect(cards().map(({ state }) => state.kind)).toEqual(['running', 'running', 'running'])
    expect([...launched].sort()).toEqual(['notary-1', 'notary-2', 'notary-3'])
  })

  it('a kill of a node that waits for its turn is not undone when the turn comes', async () => {
    const starting = lab.startCluster(notary)
    expect(cards()[0]?.state.kind).toBe('waiting')
    expect(lab.inject({ kind: 'kill', node: one }, null).ok).toBe(true)
    await starting
    expect(cards()[0]?.state.kind).toBe('killed')
    expect(lab.topology().faults.map(({ fault }) => fault.kind)).toEqual(['kill'])
    expect(launched).not.toContain(one)
  })

  it('a reset during the choice of ports leaves nothing of the lab behind', async () => {
    const starting = lab.startCluster(notary)
    expect(await lab.reset()).toEqual({ ok: true, value: null })
    await starting
    expect(launched).toEqual([])
    expect(cards().map(({ state, address }) => [state.kind, address])).toEqual(Array(3).fill(['stopped', null]))
  })
})

describe('a cluster whose ports are taken between the look and the use', () => {
  it('moves as a whole and runs', async () => {
    lab = createSupervisor({ labDir: dir, lab: 'test', launcher: crowdedLauncher(3) })
    expect(await lab.startCluster(notary)).toEqual({ ok: true, value: null })
    expect(cards().map(({ state }) => state.kind)).toEqual(['running', 'running', 'running'])
    expect(launched.length).toBe(6)
  })

  it('gives up after a few moves, and says why', async () => {
    lab = createSupervisor({ labDir: dir, lab: 'test', launcher: crowdedLauncher(1_000) })
    expect(await lab.startCluster(notary)).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
    expect(launched.length).toBe(12)
    expect(cards()[0]?.state).toMatchObject({ kind: 'left-down', code: 'port-taken' })
  })

  it('does not start again when it was stopped meanwhile', async () => {
    let stopping: Promise<unknown> = Promise.resolve()
    let told = 0
    lab = createSupervisor({ labDir: dir, lab: 'test', launcher: crowdedLauncher(1_000) })
    lab.onProblem(() => {
      told += 1
      if (told === 3) stopping = lab.stopCluster(notary)
    })
    await lab.startCluster(notary)
    await stopping
    expect(launched.length).toBe(3)
    expect(cards().map(({ state }) => state.kind)).not.toContain('running')
  })
})

describe('a process that the system does not even try to make', () => {
  it('is one that ended at once, and throws at nobody', async () => {
    // A path that no operating system takes is refused in the call itself, as a lack of memory is.
    const launcher = childProcessLauncher({ workerFile: 'w.mjs', nodePath: 'no\0node', compileCacheDir: dir })
    const worker = launcher.launch({ nodeId: one, isMember: false })
    const exit = await new Promise((resolve) => worker.onExit(resolve))
    expect(exit).toMatchObject({ code: null, signal: null, lastWords: [expect.stringContaining('null bytes')] })
  })
})
