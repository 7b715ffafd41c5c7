import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NatsClient } from './nats-client.ts'

/** Three servers of NATS with JetStream on loopback, as Debian has it, and a stream of three copies. */
export interface NatsLab {
  readonly port: number
  close(): Promise<void>
}

export const natsSubject = 'chat.general'
const firstPort = 25_400
const startWithinMs = 20_000
const stream = JSON.stringify({ name: 'CHAT', subjects: ['chat.*'], num_replicas: 3, storage: 'file' })

/** null: this machine has no nats-server. */
export async function openNatsLab(): Promise<NatsLab | null> {
  if (spawnSync('nats-server', ['--version']).error !== undefined) return null
  const dir = mkdtempSync(join(tmpdir(), 'colmeia-nats-'))
  const servers = [0, 1, 2].map((number) => ({
    name: `nats-${number}`,
    port: firstPort + number,
    route: firstPort + 10 + number,
  }))
  const routes = servers.map(({ route }) => `nats://127.0.0.1:${route}`).join(', ')
  const processes = servers.map(({ name, port, route }) => {
    const file = join(dir, `${name}.conf`)
    const lines = [
      `server_name: ${name}`,
      `listen: 127.0.0.1:${port}`,
      `jetstream { store_dir: "${join(dir, name)}" }`,
      `cluster { name: bench, listen: 127.0.0.1:${route}, routes: [${routes}] }`,
    ]
    writeFileSync(file, lines.join('\n'))
    return spawn('nats-server', ['-c', file], { stdio: 'ignore' })
  })
  const close = async (): Promise<void> => {
    await Promise.all(processes.map(ended))
    rmSync(dir, { recursive: true, force: true })
  }
  if (await hasStream()) return { port: firstPort, close }
  await close()
  throw new Error('JetStream had no stream in time')
}

async function hasStream(): Promise<boolean> {
  const untilMs = performance.now() + startWithinMs
  while (performance.now() < untilMs) {
    const client = await NatsClient.open(firstPort)
    const answer = await client?.request('$JS.API.STREAM.CREATE.CHAT', stream, 2_000)
    client?.close()
    if (answer?.includes('"config"')) return true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return false
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
