import type { NodeCard } from '#contract/window/topology'
import { agreedLeader, openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { openEtcdLab } from './etcd-lab.ts'
import { type BenchOptions, type Figure, median, percentile, repeated } from './figures.ts'
import type { HttpLoadOrder, HttpLoadReport } from './http-load.ts'
import { underLoad } from './load-process.ts'
import { proportionalMb } from './processes.ts'

const clients = 64
const documentsPerBatch = 1_000

type At = Pick<HttpLoadOrder, 'host' | 'port'>

/** How fast documents are registered over HTTP, beside etcd in the same run, and what a million of them cost to ask for. */
export async function notary({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const runs = isQuick ? 2 : 5
  const requests = isQuick ? 10_000 : 30_000
  const beside = await etcdPuts(runs, requests)
  const lab = openRealLab()
  try {
    await lab.start()
    const single = await repeated(runs, async () => registrations(await leaderAt(lab), requests))
    const bulk = await repeated(runs, async () => batches(await leaderAt(lab), isQuick ? 50 : 100))
    const wanted = isQuick ? 100_000 : 1_000_000
    const size = await filled(lab, wanted)
    const nodesMb = Math.max(...lab.nodes().map((node) => proportionalMb(pidOf(node))))
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
    const restartMs = await restart(lab)
    const rate = median(single.map(perSecond))
    const p99 = median(single.map(({ latenciesMs }) => percentile(latenciesMs, 99)))
    const about = `${clients} clients on keep-alive connections in one process, 3 peers`
    return [
      figure('notary.registrations_per_s', rate, '/s', about, beside?.rate),
      figure('notary.p99_ms', p99, 'ms', about, beside?.p99),
      ...(beside === null
        ? []
        : [figure('notary.ratio_etcd', rate / beside.rate, '', '300-byte puts, 3 nodes of etcd')]),
      figure('notary.bulk_documents_per_s', median(bulk), '/s', `batches of ${documentsPerBatch}, 4 under way`),
      figure('notary.proof_ms', Math.max(...proofs), 'ms', `slowest of ${proofs.length}, ${size} records, over HTTP`),
      figure(
        'notary.search_ms',
        Math.max(...searches),
        'ms',
        `slowest of ${searches.length}, half of them find nothing`,
      ),
      figure(
        'notary.restart_ms',
        restartMs,
        'ms',
        `kill -9 of a follower with ${size} records: from its process to ready`,
      ),
      figure('notary.node_mb', nodesMb, 'MB', `largest node with ${size} records`),
    ]
  } finally {
    await lab.close()
  }
}

function figure(id: string, value: number, unit: string, note: string, beside?: number): Figure {
  return { id, value, unit, beside: beside === undefined ? null : Math.round(beside * 100) / 100, note }
}

async function etcdPuts(runs: number, requests: number): Promise<{ rate: number; p99: number } | null> {
  const lab = await openEtcdLab()
  if (lab === null) {
    console.error('etcd is not installed (Debian: etcd-server): no figure beside ours')
    return null
  }
  try {
    const order = { ...lab.leader, path: '/v3/kv/put', clients, requests, body: 'etcd-put', documents: 1 } as const
    const reports = await repeated(runs, () => load(order))
    return {
      rate: median(reports.map(perSecond)),
      p99: median(reports.map(({ latenciesMs }) => percentile(latenciesMs, 99))),
    }
  } finally {
    await lab.close()
  }
}

function registrations(at: At, requests: number): Promise<HttpLoadReport> {
  return load({ ...at, path: '/api/v1/registrations', clients, requests, body: 'registration', documents: 1 })
}

async function batches(at: At, requests: number): Promise<number> {
  const order = { path: '/api/v1/registrations', clients: 4, body: 'batch', documents: documentsPerBatch } as const
  return perSecond(await load({ ...at, ...order, requests })) * documentsPerBatch
}

async function filled(lab: RealLab, wanted: number): Promise<number> {
  for (;;) {
    const at = await leaderAt(lab)
    const { size } = await json<{ size: number }>(at, '/api/v1/status')
    if (size >= wanted) return size
    await batches(at, Math.ceil(Math.min(100_000, wanted - size) / documentsPerBatch))
  }
}

/** Each question once, one after the other, from first byte out to last byte in. */
async function asked(lab: RealLab, count: number, path: (index: number) => string): Promise<readonly number[]> {
  const at = await leaderAt(lab)
  await json(at, path(1))
  const tookMs: number[] = []
  for (let index = 1; index <= count; index += 1) {
    const beganMs = performance.now()
    await json(at, path(index * 4_999))
    tookMs.push(performance.now() - beganMs)
  }
  return tookMs
}

/** Every second one stands nowhere, so that everything has to be looked through. */
function searchFor(index: number): string {
  return index % 2 === 0 ? 'Contract' : 'nowhere to be found'.replaceAll(' ', '+')
}

async function restart(lab: RealLab): Promise<number> {
  const leader = await lab.leader()
  const follower = peersOf(lab).find(({ id }) => id !== leader.id)
  if (follower === undefined) throw new Error('a notary has followers')
  process.kill(pidOf(follower), 'SIGKILL')
  const begunWallMs = await lab.until(() => {
    const { state } = lab.node(follower.id)
    return state.kind === 'starting' && state.sinceWallMs
  })
  const running = await lab.until(() => {
    const { state } = lab.node(follower.id)
    return state.kind === 'running' && state.sinceWallMs >= begunWallMs && state
  })
  return running.sinceWallMs - begunWallMs
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
