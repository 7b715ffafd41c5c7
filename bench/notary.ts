import type { NodeCard } from '#contract/window/topology'
import { agreedLeader, openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { type EtcdLab, openEtcdLab } from './etcd-lab.ts'
import { type BenchOptions, type Figure, median, percentile, repeated } from './figures.ts'
import type { HttpLoadOrder, HttpLoadReport } from './http-load.ts'
import { underLoad } from './load-process.ts'
import { processorMs, proportionalMb } from './processes.ts'
import { type Restart, restart } from './restarts.ts'
import { verdicts } from './verdict.ts'

const clients = 64
const documentsPerBatch = 1_000
/** A peer that has just started is slower by a third until its code is compiled. The others get the same. */
const warmUp = { requests: 20_000, batches: 20 } as const

type At = Pick<HttpLoadOrder, 'host' | 'port'>

/** How fast documents are registered over HTTP, beside etcd in the same run, and what a million of them cost to ask for. */
export async function notary({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const runs = isQuick ? 3 : 5
  const requests = isQuick ? 10_000 : 30_000
  const lab = openRealLab()
  try {
    await lab.start()
    const pairs = await besideEtcd(lab, runs, requests)
    const singles = pairs.map(({ ours }) => ours)
    const batchRequests = isQuick ? 50 : 100
    await weighed(lab, { ...batch, requests: warmUp.batches })
    const bulk = await repeated(runs, () => weighed(lab, { ...batch, requests: batchRequests }))
    const wanted = isQuick ? 100_000 : 1_000_000
    const size = await filled(lab, wanted)
    const proofs = await asked(
      lab,
      isQuick ? 20 : 200,
      (index) => `/api/v1/proofs/inclusion?index=${index}&size=${size}`,
    )
    const searches = await asked(
      lab,
      isQuick ? 5 : 20,
      (index) => `/api/v1/documents?limit=50&search=${searchFor(index)}`,
    )
    // After the searches, because a node remembers what it has read for them.
    const nodesMb = Math.max(...lab.nodes().map((node) => proportionalMb(pidOf(node))))
    const { host, port } = await leaderAt(lab)
    const checks = await verdicts(`http://${host}:${port}/api/v1`, isQuick ? 10 : 30)
    const restarts = await repeated(isQuick ? 1 : 3, () => restarted(lab))
    const rate = median(singles.map(perSecond))
    const p99 = median(singles.map(({ latenciesMs }) => percentile(latenciesMs, 99)))
    const about = `${clients} clients on keep-alive connections in one process, 3 peers`
    const etcd = pairs.flatMap(({ theirs }) => theirs ?? [])
    const p99OfEtcd = etcd.map(({ latenciesMs }) => percentile(latenciesMs, 99))
    const bulkRates = bulk.map((run) => perSecond(run) * documentsPerBatch)
    return [
      figure('notary.registrations_per_s', rate, '/s', about, medianOrNone(etcd.map(perSecond))),
      figure('notary.p99_ms', p99, 'ms', about, medianOrNone(p99OfEtcd)),
      ...ratioToEtcd(pairs),
      ...costs(singles, { prefix: 'notary', of: 'a registration', count: requests }),
      figure('notary.bulk_documents_per_s', median(bulkRates), '/s', `batches of ${documentsPerBatch}, 4 under way`),
      ...costs(bulk, { prefix: 'notary.bulk', of: 'a document', count: batchRequests * documentsPerBatch }),
      figure('notary.proof_ms', Math.max(...proofs), 'ms', `slowest of ${proofs.length}, ${size} records, over HTTP`),
      figure(
        'notary.search_ms',
        Math.max(...searches),
        'ms',
        `slowest of ${searches.length}, half of them find nothing; each text once, after one other search`,
      ),
      ...checks,
      ...restartFigures(restarts, size),
      figure('notary.node_mb', nodesMb, 'MB', `largest node with ${size} records, once they have been searched`),
    ]
  } finally {
    await lab.close()
  }
}

function figure(id: string, value: number, unit: string, note: string, beside?: number): Figure {
  return { id, value, unit, beside: beside === undefined ? null : Math.round(beside * 100) / 100, note }
}

interface Pair {
  readonly ours: Weighed
  /** null: this machine has no etcd. */
  readonly theirs: HttpLoadReport | null
}

/** One after the other in turns, both warm: what else the machine has to do changes, and is to meet both alike. */
async function besideEtcd(lab: RealLab, runs: number, requests: number): Promise<readonly Pair[]> {
  const etcd = await openEtcdLab()
  if (etcd === null) console.error('etcd is not installed (Debian: etcd-server): no figure beside ours')
  const ours = (count: number) => weighed(lab, { ...single, requests: count })
  const theirs = (count: number) => (etcd === null ? null : etcdPuts(etcd, count))
  try {
    await theirs(warmUp.requests)
    await ours(warmUp.requests)
    return await repeated(runs, async () => ({ theirs: await theirs(requests), ours: await ours(requests) }))
  } finally {
    await etcd?.close()
  }
}

function etcdPuts({ leader }: EtcdLab, requests: number): Promise<HttpLoadReport> {
  return load({ ...leader, path: '/v3/kv/put', clients, requests, body: 'etcd-put', documents: 1 })
}

function ratioToEtcd(pairs: readonly Pair[]): readonly Figure[] {
  const ratios = pairs.flatMap(({ ours, theirs }) => (theirs === null ? [] : perSecond(ours) / perSecond(theirs)))
  if (ratios.length === 0) return []
  return [figure('notary.ratio_etcd', median(ratios), '', '300-byte puts, 3 nodes of etcd, run by run in turns')]
}

function medianOrNone(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(values)
}

type Load = Pick<HttpLoadOrder, 'clients' | 'body' | 'documents' | 'requests'>

const single = { clients, body: 'registration', documents: 1 } as const
const batch = { clients: 4, body: 'batch', documents: documentsPerBatch } as const

/** One load of registrations, with the processor time that it took of each process. */
interface Weighed extends HttpLoadReport {
  readonly leaderMs: number
  /** All of them together. */
  readonly followersMs: number
  readonly loadMs: number
}

async function weighed(lab: RealLab, order: Load): Promise<Weighed> {
  const at = await leaderAt(lab)
  const { id } = await lab.leader()
  const usedMs = (isLeader: boolean): number =>
    peersOf(lab)
      .filter((peer) => (peer.id === id) === isLeader)
      .reduce((sum, peer) => sum + processorMs(pidOf(peer)), 0)
  const [leaderMs, followersMs] = [usedMs(true), usedMs(false)]
  return underLoad(
    'http-load.ts',
    { ...at, path: '/api/v1/registrations', ...order },
    (report: HttpLoadReport, pid) => ({
      ...report,
      leaderMs: usedMs(true) - leaderMs,
      followersMs: usedMs(false) - followersMs,
      loadMs: processorMs(pid),
    }),
  )
}

/** Beside the rate, because they hold on a machine that has other things to do. */
function costs(
  runs: readonly Weighed[],
  { prefix, of, count }: { readonly prefix: string; readonly of: string; readonly count: number },
): readonly Figure[] {
  const cost = (name: string, part: (run: Weighed) => number, note: string): Figure =>
    figure(`${prefix}.${name}_us`, (median(runs.map(part)) * 1_000) / count, 'µs', note)
  return [
    cost('leader', ({ leaderMs }) => leaderMs, `processor time of ${of} on the leader`),
    cost('followers', ({ followersMs }) => followersMs, 'the same on all followers together'),
    cost('load', ({ loadMs }) => loadMs, 'the same in the load itself, with its start'),
  ]
}

async function filled(lab: RealLab, wanted: number): Promise<number> {
  for (;;) {
    const { size } = await json<{ size: number }>(await leaderAt(lab), '/api/v1/status')
    if (size >= wanted) return size
    await weighed(lab, { ...batch, requests: Math.ceil(Math.min(100_000, wanted - size) / documentsPerBatch) })
  }
}

/** Each question once, one after the other, from first byte out to last byte in. The first is not counted. */
async function asked(lab: RealLab, count: number, path: (index: number) => string): Promise<readonly number[]> {
  const at = await leaderAt(lab)
  await json(at, path(0))
  const tookMs: number[] = []
  for (let index = 1; index <= count; index += 1) {
    const beganMs = performance.now()
    await json(at, path(index * 4_999))
    tookMs.push(performance.now() - beganMs)
  }
  return tookMs
}

/** Every second one stands nowhere, so that everything has to be looked through; no two are alike. */
function searchFor(index: number): string {
  return index % 2 === 0 ? `Contract+${index.toString(16).slice(0, 2)}` : `nowhere+to+be+found+${index}`
}

async function restarted(lab: RealLab): Promise<Restart> {
  const leader = await lab.leader()
  const follower = peersOf(lab).find(({ id }) => id !== leader.id)
  if (follower === undefined) throw new Error('a notary has followers')
  return restart(lab, follower)
}

function restartFigures(restarts: readonly Restart[], size: number): readonly Figure[] {
  const of = `kill -9 of a follower with ${size} records`
  const middle = (part: (one: Restart) => number): number => median(restarts.map(part))
  return [
    figure(
      'notary.restart_ms',
      middle(({ answerMs }) => answerMs),
      'ms',
      `${of}: from its process to its first answer`,
    ),
    figure(
      'notary.restart.ready_ms',
      middle(({ readyMs }) => readyMs),
      'ms',
      `${of}: from its process to ready`,
    ),
    figure(
      'notary.search_first_ms',
      Math.max(...restarts.map(({ searchMs }) => searchMs)),
      'ms',
      `slowest of ${restarts.length}: the first search of a process, over ${size} records, which finds nothing`,
    ),
  ]
}

function peersOf(lab: RealLab): readonly NodeCard[] {
  return lab.nodes().filter(({ role }) => role === 'notary-peer')
}

async function leaderAt(lab: RealLab): Promise<At> {
  const { http } = await lab.until(() => agreedLeader(peersOf(lab)))
  if (http === null) throw new Error('the leader has no address for HTTP')
  return http
}

async function json<T>({ host, port }: At, path: string): Promise<T> {
  const answer = await fetch(`http://${host}:${port}${path}`)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T // our own API, in the shape that its document says
}

function perSecond({ byStatus, tookMs }: HttpLoadReport): number {
  const done = (byStatus[200] ?? 0) + (byStatus[201] ?? 0)
  const others = Object.entries(byStatus).filter(([status]) => status !== '200' && status !== '201')
  if (others.length > 0) console.error(`refused: ${others.map(([status, count]) => `${count} x ${status}`).join(', ')}`)
  return (done / tookMs) * 1_000
}

function load(order: HttpLoadOrder): Promise<HttpLoadReport> {
  return underLoad('http-load.ts', order, (report: HttpLoadReport) => report)
}
