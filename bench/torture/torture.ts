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
  /** So long at the least, and longer while too little has been shown. */
  readonly seconds: number
  readonly seed: string
  /** The folder in which the histories of a run that failed are left. */
  readonly keepIn: string | null
}

/** What a run has shown. */
interface Shown {
  /** With an answer: what was refused is no work done. */
  readonly operations: number
  /** Of which nobody knows whether they happened. */
  readonly indefinite: number
  readonly struck: ReadonlyMap<Torment, number>
}

export interface TortureReport extends Judgement, Shown {
  readonly peers: number
  readonly operationsPerSecond: number
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
    const shown = (): Shown => ({
      operations: registers.ended.ok + lists.ended.ok,
      indefinite: registers.ended.unknown + lists.ended.unknown,
      struck: tormentor.struck,
    })
    await enough(seconds, shown)
    clients.stop()
    tormentor.end()
    await Promise.all([living, tormenting])
    const tookMs = performance.now() - beganMs
    const figures = { ...shown(), operationsPerSecond: (shown().operations / tookMs) * 1_000 }
    await group.whole()
    const finals = new Map<string, readonly string[]>()
    for (let key = 0; key < keys; key += 1) await clients.readRegister('last', `key-${key}`)
    for (const key of clients.listKeys) finals.set(key, await readToTheEnd(clients, key))
    const evidence = { registers: registers.history(), lists: lists.history(), finals }
    const judgement = judge(evidence)
    const failures = [...judgement.failures, ...tooTame(figures, seconds)]
    if (keepIn !== null && failures.length > 0) keep(keepIn, evidence)
    return { ...judgement, ...figures, peers, failures }
  } finally {
    await client.close()
    await group.close()
  }
}

/** Below these a run shows too little to be called a torture. */
const limits = { operationsPerSecondMin: 200, indefiniteMin: 20 } as const
/** A busy machine takes so many times as long to show it; what takes longer is a group that stands still. */
const slownessMax = 4
const lookAgainMs = 250

async function enough(seconds: number, shown: () => Shown): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  const untilMs = performance.now() + (slownessMax - 1) * seconds * 1_000
  while (performance.now() < untilMs && tooTame(shown(), seconds).length > 0)
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
}

/** The operations are those of `seconds` at the least rate, however long they took: a machine is not to be judged here. */
function tooTame({ operations, indefinite, struck }: Shown, seconds: number): readonly string[] {
  const tame: string[] = []
  if (operations < limits.operationsPerSecondMin * seconds) tame.push(`only ${operations} operations`)
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
