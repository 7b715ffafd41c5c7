import { encodeRegisterCommand } from '#cores/registers/requests'
import { Lanes } from '#roles/replica/lanes'
import type { ClusterSpec } from '#supervisor/presets'
import { openLabClient } from '#supervisor/testing/lab-client'

/** What the load process is told, and what it tells. */
export interface LoadOrder {
  readonly labDir: string
  readonly spec: ClusterSpec
  readonly inFlight: number
  readonly commands: number
  readonly payloadBytes: number
  /** How many keys the commands go to, in turn. */
  readonly keys: number
}

export interface LoadReport {
  readonly tookMs: number
  readonly acknowledged: number
  readonly refused: Readonly<Record<string, number>>
  readonly latenciesMs: readonly number[]
}

/** Latencies that are kept; with more commands every n-th is. */
const latenciesMax = 200_000

if (process.send !== undefined) {
  process.on('disconnect', () => process.exit(0))
  process.once('message', (order: LoadOrder) => {
    void load(order).then((report) => process.send?.(report))
  })
}

/** Keeps so many commands under way until all are answered. */
async function load(order: LoadOrder): Promise<LoadReport> {
  const client = await openLabClient(order.labDir, order.spec)
  const soon = (work: () => void): void => void setImmediate(work)
  const lanes = new Lanes({ log: client.log, lanesMax: order.inFlight, waitingMax: order.inFlight, soon })
  await openEveryLane(lanes, order.inFlight)
  const keepEvery = Math.max(1, Math.ceil(order.commands / latenciesMax))
  const latenciesMs: number[] = []
  const refused: Record<string, number> = {}
  let acknowledged = 0
  let sent = 0
  let done = 0
  const beganMs = performance.now()
  await new Promise<void>((resolve) => {
    const next = (): void => {
      const number = sent
      sent += 1
      const atMs = performance.now()
      lanes.propose(command(order, number), (result) => {
        if (result.ok) acknowledged += 1
        else refused[result.failure.code] = (refused[result.failure.code] ?? 0) + 1
        if (number % keepEvery === 0) latenciesMs.push(performance.now() - atMs)
        done += 1
        if (sent < order.commands) next()
        else if (done === order.commands) resolve()
      })
    }
    for (let count = 0; count < Math.min(order.inFlight, order.commands); count += 1) next()
  })
  const tookMs = performance.now() - beganMs
  await client.close()
  return { tookMs, acknowledged, refused, latenciesMs }
}

/** Sessions are opened before the clock runs. */
function openEveryLane(lanes: Lanes, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0
    const value = new Uint8Array(1)
    for (let lane = 0; lane < count; lane += 1) {
      lanes.propose(encodeRegisterCommand({ kind: 'write', key: `warm-${lane}`, value }), (result) => {
        if (!result.ok) return reject(new Error(`${result.failure.code}: ${result.failure.message}`))
        open += 1
        if (open === count) resolve()
      })
    }
  })
}

/** Distinct each time: nothing that notices repetition may help. */
function command({ payloadBytes, keys }: LoadOrder, number: number): Uint8Array {
  const value = Buffer.alloc(payloadBytes, 0x2e)
  value.write(String(number), 'ascii')
  return encodeRegisterCommand({ kind: 'write', key: `key-${number % keys}`, value })
}
