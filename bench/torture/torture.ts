import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { historyText } from '#check/history-file'
import type { ListAnswer, ListOp } from '#check/models/list'
import type { RegisterAnswer, RegisterOp } from '#check/models/register'
import { HistoryRecorder } from '#check/recorder'
import { Random } from '#kit/random'
import { openLabClient } from '#supervisor/testing/lab-client'
import { openGroupLab } from '../group-lab.ts'
import { Clients } from './clients.ts'
import { type Torment, Tormentor } from './tormentor.ts'
import { type Evidence, type Judgement, judge } from './verdict.ts'

export interface TortureOptions {
  readonly peers: number
  readonly seconds: number
  readonly seed: string
  /** The folder in which the histories of a run that failed are left. */
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

const processes = 24
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
    const finals = new Map<string, readonly string[]>()
    for (let key = 0; key < keys; key += 1) await clients.readRegister('last', `key-${key}`)
    for (const key of clients.listKeys) finals.set(key, await readToTheEnd(clients, key))
    const evidence = { registers: registers.history(), lists: lists.history(), finals }
    const all = [...evidence.registers, ...evidence.lists]
    const figures = {
      operations: all.length,
      // What was refused is no work done.
      operationsPerSecond: (all.filter(({ ending }) => ending.kind === 'ok').length / tookMs) * 1_000,
      indefinite: all.filter(({ ending }) => ending.kind === 'unknown').length,
      struck: tormentor.struck,
    }
    const judgement = judge(evidence)
    const failures = [...judgement.failures, ...tooTame(figures)]
    if (keepIn !== null && failures.length > 0) keep(keepIn, evidence)
    return { ...judgement, ...figures, peers, failures }
  } finally {
    await client.close()
    await group.close()
  }
}

/** Below these a run shows too little to be called a torture. */
const limits = { operationsPerSecondMin: 200, indefiniteMin: 20 } as const

type Figures = Pick<TortureReport, 'operationsPerSecond' | 'indefinite' | 'struck'>

function tooTame({ operationsPerSecond, indefinite, struck }: Figures): readonly string[] {
  const tame: string[] = []
  if (operationsPerSecond < limits.operationsPerSecondMin)
    tame.push(`only ${Math.round(operationsPerSecond)} operations a second`)
  if (indefinite < limits.indefiniteMin) tame.push(`only ${indefinite} indefinite answers`)
  for (const [torment, times] of struck) if (times === 0) tame.push(`${torment} never struck`)
  return tame
}

/** All is well by now, so an answer is owed; a group that cannot give it within so many tries has not healed. */
const triesMax = 10

async function readToTheEnd(clients: Clients, key: string): Promise<readonly string[]> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const items = await clients.readList('last', key)
    if (items !== null) return items
  }
  throw new Error(`the group has healed and ${key} cannot be read`)
}

function keep(folder: string, { registers, lists }: Evidence): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'registers.jsonl'), historyText(registers))
  writeFileSync(join(folder, 'lists.jsonl'), historyText(lists))
}
