import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import { decodeRegisterAnswer } from '#cores/registers/answers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { decodeText, encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { ReadAnswer } from '#ports/replicated-log'
import { type LabClient, openLabClient, registerCluster, registersId } from '#supervisor/testing/lab-client'
import { openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { Lanes } from './lanes.ts'

const spec = registerCluster({ peers: 3 })
const ids = spec.nodes.map(({ id }) => id)
const lists = 16

let lab: RealLab
let client: LabClient
beforeEach(async () => {
  lab = openRealLab({ clusters: [spec] })
  const started = await lab.supervisor.startCluster(registersId)
  if (!started.ok) throw new Error(started.failure.message)
  await lab.leader()
  client = await openLabClient(lab.dir, spec)
})
afterEach(async () => {
  await client.close()
  await lab.close()
})

describe('a group of real replicas', () => {
  it('loses nothing that it acknowledged and does nothing twice, when its leader is killed under load', async () => {
    const load = startLoad({ lanes: 64, commands: 3_000 })
    await load.acknowledged(800)
    const killed = await lab.leader()
    process.kill(pidOf(killed), 'SIGKILL')
    const { acknowledged, definite, commands } = await load.ended
    expect(acknowledged.size).toBeGreaterThan(2_000)
    const items = await allItems()
    expect(items.filter((item, index) => items.indexOf(item) !== index)).toEqual([])
    const found = new Set(items)
    expect([...acknowledged].filter((item) => !found.has(item))).toEqual([])
    expect([...definite].filter((item) => found.has(item))).toEqual([])
    expect(items.every((item) => commands.has(item))).toBe(true)
  })

  it.each([
    ['by a text editor', spoilWithText],
    ['by a bit that turned over in the log', spoilOneRow],
  ])('takes a node in again whose file was damaged %s: as a learner first, and as somebody new', async (_, spoil) => {
    await startLoad({ lanes: 16, commands: 600 }).ended
    const follower = ids.find((id) => id !== leaderNow())!
    await damage(follower, spoil)
    expect(await lab.supervisor.startNode(follower)).toEqual({ ok: true, value: null })
    await lab.until(() => membersBy(leaderNow()).some(({ learners }) => learners.includes(follower)))
    await lab.until(() => membersBy(leaderNow()).at(-1)?.voters.includes(follower))
    expect(notesOf(follower).filter(({ kind }) => kind === 'began-anew')).toMatchObject([{ why: 'damaged' }])
    await lab.until(() => lab.node(follower).view?.leadership?.incarnation !== 1)
    expect(lab.problems).toEqual([])
    // It counts again: the other follower may go.
    const other = ids.find((id) => id !== follower && id !== leaderNow())!
    await lab.supervisor.stopNode(other)
    const after = startLoad({ lanes: 4, commands: 40 })
    expect((await after.ended).acknowledged.size).toBe(40)
  })

  it('says that it is lost when two of three lost their disks', async () => {
    await startLoad({ lanes: 4, commands: 20 }).ended
    const survivor = ids.find((id) => id !== leaderNow())!
    const lost = ids.filter((id) => id !== survivor)
    for (const id of lost) await damage(id, spoilWithText)
    await Promise.all(lost.map((id) => lab.supervisor.startNode(id)))
    const note = await lab.until(() => notesOf(survivor).find(({ kind }) => kind === 'group-lost'))
    expect(note).toMatchObject({ lost: lost.toSorted() })
    await lab.until(() => lab.node(survivor).view?.leadership?.lost.length === 2)
    expect(lab.nodes().every(({ view }) => view?.leadership?.leadership !== 'leader')).toBe(true)
  })
})

interface LoadEnd {
  readonly commands: ReadonlySet<string>
  readonly acknowledged: ReadonlySet<string>
  /** Refused in a way that promises that it did not happen. */
  readonly definite: ReadonlySet<string>
}

/** Distinct items appended to some lists, so many at once. */
function startLoad({ lanes: lanesMax, commands: total }: { readonly lanes: number; readonly commands: number }) {
  const lanes = new Lanes({ log: client.log, lanesMax, waitingMax: 0, soon: (work) => void setImmediate(work) })
  const commands = new Set<string>()
  const acknowledged = new Set<string>()
  const definite = new Set<string>()
  let left = total
  let wanted = Number.POSITIVE_INFINITY
  let reached: () => void = () => undefined
  const ended = new Promise<LoadEnd>((resolve) => {
    const next = (): void => {
      const item = `${total}.${commands.size}`
      commands.add(item)
      const key = `list-${commands.size % lists}`
      lanes.propose(encodeRegisterCommand({ kind: 'append', key, item: encodeText(item) }), (result) => {
        if (result.ok) acknowledged.add(item)
        else if (result.failure.code !== 'timed-out') definite.add(item)
        if (acknowledged.size === wanted) reached()
        left -= 1
        if (commands.size < total) next()
        else if (left === 0) resolve({ commands, acknowledged, definite })
      })
    }
    for (let lane = 0; lane < Math.min(lanesMax, total); lane += 1) next()
  })
  return {
    ended,
    acknowledged: (count: number) =>
      new Promise<void>((resolve) => {
        wanted = count
        reached = resolve
      }),
  }
}

async function allItems(): Promise<readonly string[]> {
  const keys = Array.from({ length: lists }, (_, index) => `list-${index}`)
  const found = await Promise.all(keys.map((key) => read(encodeRegisterQuery({ kind: 'read-list', key }))))
  return found.flatMap((result) => {
    if (!result.ok) throw new Error(result.failure.message)
    const answer = decodeRegisterAnswer(result.value.answer)
    return answer?.kind === 'list' ? answer.items.map((item) => decodeText(item) ?? '') : []
  })
}

function read(query: Uint8Array): Promise<Result<ReadAnswer>> {
  return new Promise((resolve) => client.log.read(query, 'linearizable', resolve))
}

function leaderNow(): NodeId {
  const leads = ({ view }: NodeCard): boolean => view?.leadership?.leadership === 'leader'
  return lab.nodes().find(leads)?.id ?? nodeId('nobody')
}

function notesOf(node: NodeId) {
  const page = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: node, withMessages: false })
  return page.events.map(({ what }) => what)
}

function membersBy(node: NodeId) {
  return notesOf(node).flatMap((what) => (what.kind === 'members-changed' ? [what] : []))
}

async function damage(node: NodeId, spoil: (file: Buffer) => Buffer): Promise<void> {
  await lab.supervisor.stopNode(node)
  const file = join(lab.dir, 'nodes', node, 'node.sqlite')
  writeFileSync(file, spoil(readFileSync(file)))
}

function spoilWithText(): Buffer {
  return Buffer.from('this was a database once, before somebody opened it in an editor. '.repeat(200))
}

/** Items stand in the log, in order; one of them is not what it was. */
function spoilOneRow(file: Buffer): Buffer {
  const at = file.indexOf('600.300')
  if (at === -1) throw new Error('the item is not in the file')
  file[at] = (file[at] ?? 0) ^ 1
  return file
}
