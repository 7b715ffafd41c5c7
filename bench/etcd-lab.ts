import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Three nodes of etcd on loopback, as Debian has it, each with a folder of its own. */
export interface EtcdLab {
  /** Where the leader takes HTTP. */
  readonly leader: { readonly host: string; readonly port: number }
  close(): Promise<void>
}

const firstPort = 25_300
const startWithinMs = 20_000

/** null: this machine has no etcd. */
export async function openEtcdLab(): Promise<EtcdLab | null> {
  if (spawnSync('etcd', ['--version']).error !== undefined) return null
  const dir = mkdtempSync(join(tmpdir(), 'colmeia-etcd-'))
  const nodes = [0, 1, 2].map((number) => ({
    name: `etcd-${number}`,
    client: firstPort + number * 2,
    peer: firstPort + number * 2 + 1,
  }))
  const members = nodes.map(({ name, peer }) => `${name}=http://127.0.0.1:${peer}`).join(',')
  const processes = nodes.map(({ name, client, peer }) =>
    spawn(
      'etcd',
      [
        ...['--name', name, '--data-dir', join(dir, name), '--initial-cluster', members],
        ...[
          '--listen-client-urls',
          `http://127.0.0.1:${client}`,
          '--advertise-client-urls',
          `http://127.0.0.1:${client}`,
        ],
        ...[
          '--listen-peer-urls',
          `http://127.0.0.1:${peer}`,
          '--initial-advertise-peer-urls',
          `http://127.0.0.1:${peer}`,
        ],
        ...['--log-level', 'error'],
      ],
      { stdio: 'ignore' },
    ),
  )
  const close = async (): Promise<void> => {
    await Promise.all(processes.map(ended))
    rmSync(dir, { recursive: true, force: true })
  }
  const port = await leaderPort(nodes.map(({ client }) => client))
  if (port !== null) return { leader: { host: '127.0.0.1', port }, close }
  await close()
  throw new Error('etcd had no leader in time')
}

async function leaderPort(ports: readonly number[]): Promise<number | null> {
  const untilMs = performance.now() + startWithinMs
  while (performance.now() < untilMs) {
    for (const port of ports) {
      const status = await statusOf(port)
      if (status?.leader !== undefined && status.leader === status.header?.member_id) return port
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return null
}

interface EtcdStatus {
  readonly leader?: string
  readonly header?: { readonly member_id?: string }
}

async function statusOf(port: number): Promise<EtcdStatus | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v3/maintenance/status`, { method: 'POST', body: '{}' })
    return (await answer.json()) as EtcdStatus // etcd's own words; what is missing is treated as not there
  } catch {
    // Not up yet.
    return null
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
