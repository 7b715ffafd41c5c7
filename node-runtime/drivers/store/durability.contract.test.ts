import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from './index.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

const writer = fileURLToPath(new URL('./testing/writer.ts', import.meta.url))
const hasStrace = canRun('strace')
if (!hasStrace) process.stderr.write('No strace on this machine: syncs of the store are NOT counted in this run.\n')

let place: StorePlace
let child: ChildProcess | null = null

beforeEach(() => {
  place = storePlace()
})

afterEach(() => {
  child?.kill('SIGKILL')
  place.remove()
})

describe.skipIf(!hasStrace)('durable, counted by the system calls of a real process', () => {
  it('syncs between the beginning of each transaction and its acknowledgement', () => {
    const syncs = syncsOfEach({ transactions: 50, puts: 1 })
    expect(syncs).toHaveLength(50)
    expect(Math.min(...syncs)).toBeGreaterThanOrEqual(1)
  })

  it('pays for a batch of a hundred rows what it pays for one', () => {
    const one = syncsOfEach({ transactions: 5, puts: 1 })
    place.remove()
    place = storePlace()
    const hundred = syncsOfEach({ transactions: 5, puts: 100 })
    expect(hundred).toEqual(one)
  })

  it('tells the mark after the sync of each transaction and never before: a power cut in between loses nothing', () => {
    let marks = 0
    for (const lines of callsOfEach({ transactions: 20, puts: 1 })) {
      const synced = lines.findIndex((line) => isSync.test(line))
      const marked = lines.findIndex((line) => isMark.test(line))
      expect(synced).toBeGreaterThanOrEqual(0)
      expect(marked).toBeGreaterThan(synced)
      marks += lines.filter((line) => isMark.test(line)).length
    }
    expect(marks).toBe(20)
  })
})

describe('a writer that is killed', () => {
  it('has everything that it acknowledged after the next open, and no transaction by halves', async () => {
    const puts = 3
    const lastDone = await killAfter({ acknowledged: 40, puts })
    const store = place.open()
    const keys = store
      .view()
      .scan('log')
      .map(({ key }) => key)
    store.close()
    const found = Math.floor(keys.length / puts)
    expect(keys.length % puts).toBe(0)
    expect(found).toBeGreaterThanOrEqual(lastDone + 1)
    // Nothing between is missing: the last key of the last whole transaction is where it must be.
    expect(keys.at(-1)).toBe(`${String(found - 1).padStart(9, '0')}-${puts - 1}`)
  })

  it('is opened again by its successor without delay', async () => {
    for (let life = 0; life < 3; life += 1) await killAfter({ acknowledged: 2, puts: 1 })
    expect(place.open().view().scan('log').length).toBeGreaterThan(0)
  })
})

describe('a writer that is killed while it folds its log again and again', () => {
  it('has everything that it acknowledged, each time', async () => {
    let acknowledged = 0
    for (let life = 0; life < 12; life += 1) {
      const last = await killAfter({ acknowledged: 40 + 7 * life, puts: 2, bytes: 60_000, from: acknowledged })
      acknowledged = last + 1
      const store = place.open()
      const rows = store.view().scan('log').length
      store.close()
      expect(rows).toBeGreaterThanOrEqual(2 * acknowledged)
      acknowledged = rows / 2
    }
    expect(statSync(place.path).size).toBeGreaterThan(12 * 40 * 2 * 60_000)
  })

  it('is refused when its log is then deleted, unless all of it was folded in', async () => {
    let refusals = 0
    for (let life = 0; life < 6; life += 1) {
      const last = await killAfter({ acknowledged: 30 + 11 * life, puts: 1, bytes: 60_000 })
      rmSync(`${place.path}-wal`)
      const opened = openStore({ path: place.path })
      if (opened.ok) {
        expect(opened.value.view().scan('log').length).toBeGreaterThan(last)
        opened.value.close()
      } else {
        expect(opened.failure.code).toBe('store-damaged')
        refusals += 1
      }
      place.remove()
      place = storePlace()
    }
    expect(refusals).toBeGreaterThan(0)
  })
})

/** A mark is the only thing that is written in pieces of this size. */
const isMark = /pwrite64\(\d+, .*, 64, \d+\)\s+= 64/
const isSync = /(fdatasync|fsync)(\(\d+\)| resumed>\))\s+= 0/

/** How often each transaction of a writer synced before it was acknowledged. Only a sync without an error counts. */
function syncsOfEach(plan: Pick<Plan, 'puts'> & { readonly transactions: number }): number[] {
  return callsOfEach(plan).map((lines) => lines.filter((line) => isSync.test(line)).length)
}

/** What each transaction of a writer asked of the system before it was acknowledged. */
function callsOfEach(plan: Pick<Plan, 'puts'> & { readonly transactions: number }): string[][] {
  const log = join(place.folder, 'strace.log')
  const args = ['-f', '-qq', '-e', 'trace=fdatasync,fsync,write,pwrite64', '-e', 'signal=none', '-o', log]
  const program = [process.execPath, writer, place.path, String(plan.transactions), String(plan.puts)]
  execFileSync('strace', [...args, ...program], { stdio: 'pipe' })
  const calls: string[][] = []
  let lines: string[] | null = null
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (/write\(1, "begin /.test(line)) lines = []
    else if (/write\(1, "done /.test(line) && lines !== null) {
      calls.push(lines)
      lines = null
    } else lines?.push(line)
  }
  return calls
}

interface Plan {
  readonly acknowledged: number
  readonly puts: number
  readonly bytes?: number
  /** The number of its first transaction. */
  readonly from?: number
}

/** Runs a writer without an end, kills it once so many transactions were acknowledged, and tells the last of them. */
async function killAfter(plan: Plan): Promise<number> {
  const { puts, bytes = 300, from = 0 } = plan
  child = spawn(process.execPath, [writer, place.path, '1000000', String(puts), String(bytes), String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let last = -1
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('done ')) last = Number(line.slice('done '.length))
    if (last + 1 - from >= plan.acknowledged) child.kill('SIGKILL')
  }
  await exited
  expect(child.signalCode).toBe('SIGKILL')
  return last
}

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false // not on this machine; said above
  }
}
