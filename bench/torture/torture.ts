import { writeFileSync } from 'node:fs'
import type { ListAnswer, ListOp } from '#check/models/list'
import type { RegisterAnswer, RegisterOp } from '#check/models/register'
import { HistoryRecorder } from '#check/recorder'
import { Random } from '#kit/random'
import { openLabClient } from '#supervisor/testing/lab-client'
import { openGroupLab } from '../group-lab.ts'
import { Clients } from './clients.ts'
import { type Torment, Tormentor } from './tormentor.ts'
import { type Judgement, judge } from './verdict.ts'

export interface TortureOptions {
  readonly peers: number
  readonly seconds: number
  readonly seed: string
  /** Where the histories of a run that failed are left. */
  readonly keepIn: string | null
}

export interface TortureReport extends Judgement {
  readonly peers: number
  readonly operations: number
  readonly operationsPerSecond: number
  /** Of which nobody knows whether they happened. */
  readonly indefinite: number
  readonly struck: ReadonlyMap<Torment, number>
}

const processes = 16
const keys = 5
/** A client gives up after this; while nobody leads, what it asked for stays open for ever. */
const answerWithinMs = 700

/** Torments a group while clients use it, mends it, reads everything once more, and judges what they saw. */
export async function torture({ peers, seconds, seed, keepIn }: TortureOptions): Promise<TortureReport> {
  const random = new Random(seed)
  const group = await openGroupLab(peers)
  const registers = new HistoryRecorder<RegisterOp, RegisterAnswer>()
  const lists = new HistoryRecorder<ListOp, ListAnswer>()
  const client = await openLabClient(group.lab.dir, group.spec, { answerWithinMs })
  try {
    await group.whole()
    const clients = new Clients({ log: client.log, registers, lists, random: random.fork('clients'), processes, keys })
    const tormentor = new Tormentor(group, random.fork('torments'))
    const beganMs = performance.now()
    const living = clients.run()
    const tormenting = tormentor.run()
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
    clients.stop()
    tormentor.end()
    await Promise.all([living, tormenting])
    const tookMs = performance.now() - beganMs
    await group.whole()
    for (let key = 0; key < keys; key += 1) await clients.readRegister('last', `key-${key}`)
    for (const key of clients.listKeys) await clients.readList('last', key)
    const judgement = judge(registers.history(), lists.history())
    if (keepIn !== null && judgement.failures.length > 0) {
      const about = { seed, peers, seconds, failures: judgement.failures }
      const all = { ...about, registers: registers.history(), lists: lists.history() }
      writeFileSync(keepIn, JSON.stringify(all))
    }
    const all = [...registers.history(), ...lists.history()]
    return {
      ...judgement,
      peers,
      operations: all.length,
      operationsPerSecond: (all.length / tookMs) * 1_000,
      indefinite: all.filter(({ ending }) => ending.kind === 'unknown').length,
      struck: tormentor.struck,
    }
  } finally {
    await client.close()
    await group.close()
  }
}
