import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoleName } from '#contract/worker/protocol'
import { type NodeId, nodeId } from '#kit/ids'
import { restartLimits } from './restart-budget.ts'
import {
  agreedLeader,
  isAlive,
  notary,
  openRealLab,
  type RealLab,
  type RealLabOptions,
  testClusters,
} from './testing/real-lab.ts'
import { badWorker } from './testing/workers.ts'

const [one, two, three] = ['notary-1', 'notary-2', 'notary-3'].map(nodeId) as [
  ReturnType<typeof nodeId>,
  ReturnType<typeof nodeId>,
  ReturnType<typeof nodeId>,
]
const quickRestarts = { ...restartLimits, delayMs: 20, delayMsMax: 40 }

let dir: string
let labs: RealLab[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-luck-'))
  labs = []
})
afterEach(async () => {
  for (const lab of labs) await lab.close()
  rmSync(dir, { recursive: true, force: true })
})

function open(options: RealLabOptions = {}): RealLab {
  const lab = openRealLab({ dir, ...options })
  labs.push(lab)
  return lab
}

describe('a worker that cannot be a node', () => {
  it('and never says ready is killed, counted, and left down with the reason', async () => {
    const lab = open({
      workerFile: badWorker('silent'),
      limits: { readyWithinMs: 200, restart: quickRestarts },
    })
    expect(await lab.supervisor.startNode(one)).toMatchObject({ failure: { code: 'worker-not-ready' } })
    expect(lab.node(one)).toMatchObject({
      crashes: restartLimits.crashesMax,
      state: { kind: 'left-down', code: 'worker-not-ready' },
    })
    expect(lab.problems.map(({ code, nodeId }) => [code, nodeId])).toEqual([['worker-not-ready', one]])
    await lab.until(() => lab.livePids().length === 0)
  })

  it('and ends at once is left down with its last words', async () => {
    const lab = open({ workerFile: badWorker('brief'), limits: { restart: quickRestarts } })
    await lab.supervisor.startNode(one)
    const { state } = lab.node(one)
    expect(state).toMatchObject({ kind: 'left-down', code: 'worker-not-ready' })
    expect('detail' in state && state.detail).toContain('cannot find the thing')
  })

  it('and speaks another protocol is never given a role', async () => {
    const lab = open({ workerFile: badWorker('foreign') })
    expect(await lab.supervisor.startNode(one)).toMatchObject({ failure: { code: 'worker-protocol' } })
    expect(lab.node(one)).toMatchObject({ crashes: 0, state: { kind: 'left-down', code: 'worker-protocol' } })
    await lab.until(() => lab.livePids().length === 0)
  })

  it('and cannot be launched at all is left down, and the shell stays up', async () => {
    const lab = open({ workerFile: join(dir, 'no-such-worker.mjs'), limits: { restart: quickRestarts } })
    expect(await lab.supervisor.startNode(one)).toMatchObject({ failure: { code: 'worker-not-ready' } })
  })

  it('of an unknown role is refused by name', async () => {
    const strange = 'notary-poet' as RoleName // a plan of a newer program
    const clusters = testClusters.map((spec) => ({
      ...spec,
      nodes: spec.nodes.map((node) => ({ ...node, role: strange })),
    }))
    const lab = open({ clusters })
    expect(await lab.supervisor.startNode(one)).toMatchObject({ failure: { code: 'unknown-role' } })
    expect(lab.problems).toMatchObject([{ code: 'unknown-role', nodeId: one }])
  })

  it('and does not stop when told is killed after its time', async () => {
    const lab = open({ workerFile: badWorker('stubborn'), limits: { stopWithinMs: 200 } })
    expect(await lab.supervisor.startNode(one)).toEqual({ ok: true, value: null })
    expect(lab.livePids()).toHaveLength(1)
    await lab.supervisor.stopNode(one)
    expect(lab.livePids()).toEqual([])
    expect(lab.node(one)).toMatchObject({ crashes: 0, state: { kind: 'stopped' } })
  })
})

describe('a node in bad luck', () => {
  it('with a damaged store puts it aside as it is, and its group takes it in as somebody new', async () => {
    const file = join(dir, 'nodes', two, 'node.sqlite')
    mkdirSync(join(dir, 'nodes', two), { recursive: true })
    writeFileSync(file, 'this was a database once, before somebody opened it in an editor. '.repeat(200))
    const before = readFileSync(file)
    const lab = open()
    expect(await lab.supervisor.startCluster(notary)).toEqual({ ok: true, value: null })
    await lab.until(() => {
      const { incarnation = 1, members = [] } = lab.node(two).view?.leadership ?? {}
      return incarnation !== 1 && members.includes(two)
    })
    expect(readFileSync(`${file}.damaged-1`).equals(before)).toBe(true)
    expect(lab.problems).toEqual([])
  })

  it('with a damaged store of which nobody has a copy begins anew if it is the desk, and says what may be lost', async () => {
    const desk = nodeId('desk')
    const file = join(dir, 'nodes', desk, 'node.sqlite')
    mkdirSync(join(dir, 'nodes', desk), { recursive: true })
    writeFileSync(file, 'this was a database once, before somebody opened it in an editor. '.repeat(200))
    const before = readFileSync(file)
    const lab = open({ clusters: testClusters })
    expect(await lab.supervisor.startNode(desk)).toEqual({ ok: true, value: null })
    await lab.until(() => setAside(lab, desk).length > 0)
    expect(setAside(lab, desk)).toEqual([{ kind: 'file-set-aside', holds: 'store', file: `${file}.damaged-1` }])
    expect(readFileSync(`${file}.damaged-1`).equals(before)).toBe(true)
    expect(lab.problems).toEqual([])
  })

  it('with a damaged key gets another one, and says that it did', async () => {
    const lab = open()
    await lab.start()
    const keys = join(dir, 'nodes', two, 'keys')
    const isWitness = (name: string): boolean => /^witness-.*[.]key$/.test(name)
    const file = await lab.until(() => existsSync(keys) && readdirSync(keys).find(isWitness))
    await lab.supervisor.stopNode(two)
    writeFileSync(join(keys, file), 'garbage')
    await lab.supervisor.startNode(two)
    await lab.until(() => setAside(lab, two).length > 0)
    expect(setAside(lab, two)).toEqual([{ kind: 'file-set-aside', holds: 'key', file: join(keys, `${file}.damaged`) }])
    await lab.until(() => lab.node(two).view?.logTail.some((line) => line.includes(`${file}.damaged`)))
  })

  it('that finds its folder empty, though it has run, does not take itself for who it was', async () => {
    const lab = open()
    await lab.start()
    await lab.leader()
    await lab.supervisor.stopNode(two)
    rmSync(join(dir, 'nodes', two), { recursive: true })
    await lab.supervisor.startNode(two)
    await lab.until(() => {
      const { incarnation = 1, members = [] } = lab.node(two).view?.leadership ?? {}
      return incarnation !== 1 && members.includes(two)
    })
    const page = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: two, withMessages: false })
    const began = page.events.flatMap(({ what }) => (what.kind === 'began-anew' ? [what.why] : []))
    expect(began).toEqual(['missing'])
  })

  it('whose port is taken after the cluster got its ports says so, and the other two go on', async () => {
    const lab = open()
    await lab.start()
    await lab.supervisor.stopNode(three)
    const { port } = lab.node(three).address!
    const giveBack = await take(port)
    expect(await lab.supervisor.startNode(three)).toMatchObject({ failure: { code: 'port-taken' } })
    expect(lab.problems).toMatchObject([{ code: 'port-taken', nodeId: three }])
    await lab.leader()
    await giveBack()
    expect(await lab.supervisor.startNode(three)).toEqual({ ok: true, value: null })
  })

  it('that is another lab starting in the same moment costs neither a port', async () => {
    const labs = [open(), openRealLab()]
    try {
      // Both look at the same ports before either uses them: the one that comes second has to move as a whole.
      await Promise.all(labs.map((lab) => lab.start()))
      const ports = labs.flatMap((lab) => lab.nodes().map(({ address }) => address?.port))
      expect(new Set(ports).size).toBe(6)
      await Promise.all(labs.map((lab) => lab.leader()))
    } finally {
      await labs[1]?.close()
    }
  })

  it('finds one port of its cluster taken before the start: the whole cluster moves, and stays there', async () => {
    const lab = open()
    await lab.supervisor.startNode(one)
    const base = lab.node(one).address!.port
    await lab.supervisor.stopNode(one)
    const giveBack = await take(base + 2)
    await lab.start()
    const moved = lab.nodes().map(({ address }) => address!.port)
    await giveBack()
    expect(moved[0]! - base).toBeGreaterThan(0)
    expect((moved[0]! - base) % 100).toBe(0)
    expect(moved).toEqual([moved[0], moved[0]! + 1, moved[0]! + 2])
    await lab.supervisor.stop()
    const again = open()
    await again.supervisor.startNode(one)
    expect(again.node(one).address!.port).toBe(moved[0])
  })
})

describe('a lab in bad luck', () => {
  it.each(['lab.json', 'keys.json'])('with a damaged %s refuses, leaves the file, and can be reset', async (name) => {
    writeFileSync(join(dir, name), '{"version": 1, "ports": {"notary-1": 57')
    const lab = open()
    expect(await lab.supervisor.startCluster(notary)).toMatchObject({ failure: { code: 'lab-damaged' } })
    expect(lab.problems).toMatchObject([{ code: 'lab-damaged', nodeId: null }])
    expect(lab.problems[0]?.detail).toContain(name)
    expect(readFileSync(join(dir, name), 'utf8')).toBe('{"version": 1, "ports": {"notary-1": 57')
    expect(lab.supervisor.topology().clusters[0]?.state).toBe('stopped')
    expect(await lab.supervisor.reset()).toEqual({ ok: true, value: null })
    await lab.start()
  })

  it('whose folder cannot be written says no-permission', async () => {
    // A file where the folder should be refuses everybody; permission bits would not refuse root.
    writeFileSync(join(dir, 'file'), '')
    const lab = open({ dir: join(dir, 'file', 'lab') })
    expect(await lab.supervisor.startCluster(notary)).toMatchObject({ failure: { code: 'no-permission' } })
    expect(lab.problems).toMatchObject([{ code: 'no-permission' }])
  })

  it('keeps its keys to its owner', async () => {
    const lab = open()
    await lab.supervisor.startNode(one)
    const keys = join(dir, 'keys.json')
    expect(statSync(keys).mode & 0o777).toBe(0o600)
    expect(JSON.stringify(lab.supervisor.topology())).not.toContain(
      (JSON.parse(readFileSync(keys, 'utf8')) as Record<string, { secretKey: string }>)[one]!.secretKey,
    )
  })
})

describe('no worker is left behind', () => {
  it('by a stop', async () => {
    const lab = open()
    await lab.start()
    await lab.supervisor.stop()
    expect(lab.livePids()).toEqual([])
  })

  it('by a shell that is killed with SIGKILL, and the next one finds the lab as it was', async () => {
    const shell = spawn(process.execPath, [hostProcess, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pids = await firstLine<readonly number[]>(shell.stdout)
    expect(pids).toHaveLength(3)
    expect(pids.every(isAlive)).toBe(true)
    shell.kill('SIGKILL')
    await gone(pids)
    const lab = open()
    await lab.start()
    const leader = await lab.leader()
    expect(leader.view?.leadership?.term).toBeGreaterThan(1)
    expect(agreedLeader(lab.nodes())?.id).toBe(leader.id)
  })
})

function setAside(lab: RealLab, node: NodeId) {
  const page = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: node, withMessages: false })
  return page.events.flatMap(({ what }) => (what.kind === 'file-set-aside' ? [what] : []))
}

const hostProcess = fileURLToPath(new URL('./testing/host-process.ts', import.meta.url))

/** A program of somebody else on a port. Peers that call it there are hung up on. */
async function take(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return () => new Promise((resolve) => server.close(() => resolve()))
}

function firstLine<T>(stream: NodeJS.ReadableStream): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('end', () => reject(new Error(`it ended after: ${text}`)))
    stream.on('data', (chunk) => {
      text += String(chunk)
      const end = text.indexOf('\n')
      if (end !== -1) resolve(JSON.parse(text.slice(0, end)) as T)
    })
  })
}

/** The operating system gives no signal for the end of a process that is not our child, so it is asked. */
async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve))
}
