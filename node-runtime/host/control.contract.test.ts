import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { controlLink, findControl } from './control-address.ts'
import { connectToLab } from './control-client.ts'
import { type ControlServer, claimLab } from './control-server.ts'
import { type Host, openHost } from './host.ts'
import { hostLimits } from './limits.ts'
import { defaultSettings, SettingsFile } from './settings-file.ts'
import { info } from './testing/app-info.ts'
import { memoryLab } from './testing/memory-lab.ts'

let labDir: string
let stops: StopStack
beforeEach(() => {
  stops = new StopStack()
  const dir = mkdtempSync(join(tmpdir(), 'control-'))
  // Deep on purpose: a socket inside it would not fit into a socket's address.
  labDir = join(dir, 'a-folder-with-a-long-name'.repeat(5), 'labs', 'lab')
  stops.add(() => rmSync(dir, { recursive: true }))
})
afterEach(() => stops.run())

async function claimed(): Promise<ControlServer> {
  const result = await claimLab(labDir)
  if (!result.ok) throw new Error(result.failure.message)
  stops.add(result.value.close)
  return result.value
}

async function serving() {
  const memory = memoryLab()
  const settings = new SettingsFile(join(labDir, '..', 'settings.json'), defaultSettings('en'))
  const host: Host = openHost({
    lab: memory.lab,
    settings,
    info,
    openWindow: () => ok(null),
    onBug: () => undefined,
  })
  stops.add(host.stop)
  const server = await claimed()
  server.serve(host)
  return { ...memory, server }
}

async function client() {
  const result = await connectToLab(labDir)
  if (!result.ok) throw new Error(result.failure.message)
  stops.add(() => result.value.close())
  return result.value
}

describe('the control socket', () => {
  it('carries a call and its answer', async () => {
    const { done } = await serving()
    const line = await client()
    expect(await line.call('app.info', {})).toEqual({ ok: true, value: info })
    expect(await line.call('clusters.start', { clusterId: 'notary' })).toEqual({ ok: true, value: null })
    expect(done).toContain('start cluster notary')
  })

  it('checks shapes like every other carrier', async () => {
    await serving()
    const line = await client()
    expect(await line.call('clusters.start', { clusterId: '../x' })).toMatchObject({ failure: { code: 'bad-request' } })
  })

  it('brings events to a line that asked for them', async () => {
    const { changeTopology } = await serving()
    const line = await client()
    const heard = new Promise((resolve) => line.on('topology.changed', resolve))
    // An answered call shows that the wish before it, on the same line, was read.
    await line.call('app.info', {})
    changeTopology()
    expect(await heard).toMatchObject({ revision: 2 })
  })

  it('lets calls wait until the host is there', async () => {
    const server = await claimed()
    const line = await client()
    const answer = line.call('app.info', {})
    const settings = new SettingsFile(join(labDir, 'settings.json'), defaultSettings('en'))
    const { lab } = memoryLab()
    const host = openHost({ lab, settings, info, openWindow: () => ok(null), onBug: () => undefined })
    stops.add(host.stop)
    server.serve(host)
    expect((await answer).ok).toBe(true)
  })

  it('is open to its own user only', async () => {
    await serving()
    const path = findControl(labDir) ?? ''
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  })

  it.each([['no JSON at all'], ['x'.repeat(hostLimits.requestLineBytesMax + 10)]])(
    'hangs up on a line that is not ours: %.20s',
    async (text) => {
      await serving()
      const socket = connect(findControl(labDir) ?? '')
      const closed = once(socket, 'close')
      socket.on('error', () => undefined)
      socket.write(`${text}\n`)
      await closed
      expect((await (await client()).call('app.info', {})).ok).toBe(true)
    },
  )

  it('answers a frame of the wrong shape under its number', async () => {
    await serving()
    const socket = connect(findControl(labDir) ?? '')
    stops.add(() => void socket.destroy())
    socket.write('{"kind":"shout","sequence":7}\n')
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    expect(JSON.parse(chunk.toString())).toMatchObject({
      kind: 'answer',
      sequence: 7,
      result: { failure: { code: 'bad-request' } },
    })
  })

  it('releases who waits when the lab goes away', async () => {
    const server = await claimed()
    const line = await client()
    const answer = line.call('app.info', {})
    await server.close()
    expect(await answer).toMatchObject({ ok: false, failure: { code: 'lab-not-running' } })
    await line.closed
    expect(await line.call('app.info', {})).toMatchObject({ ok: false, failure: { code: 'lab-not-running' } })
  })

  it('says that no lab runs when none does', async () => {
    expect(await connectToLab(labDir)).toMatchObject({ ok: false, failure: { code: 'lab-not-running' } })
  })
})

describe("the lab's lock", () => {
  it('is refused while another one lives, and free again afterwards', async () => {
    const first = await claimed()
    expect(await claimLab(labDir)).toMatchObject({ ok: false, failure: { code: 'lab-in-use' } })
    await first.close()
    const link = controlLink(labDir)
    expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined()
    await claimed()
  })

  it('is refused with a code where nothing may be written, and leaves nothing behind', async () => {
    // /sys refuses new folders to everybody, root as well.
    if (process.platform !== 'linux') return
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('colmeia-'))
    const result = await claimLab('/sys/labs/lab')
    expect(result).toMatchObject({ ok: false, failure: { code: 'no-permission' } })
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('colmeia-'))
    expect(after.filter((name) => !before.includes(name))).toEqual([])
  })

  it('leaves nothing in the temporary folder', async () => {
    const server = await claimed()
    const path = findControl(labDir) ?? ''
    expect(existsSync(path)).toBe(true)
    await server.close()
    expect(existsSync(dirname(path))).toBe(false)
  })

  it('goes to one of many who ask at once', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => claimLab(labDir)))
    const winners = results.flatMap((result) => (result.ok ? [result.value] : []))
    for (const winner of winners) stops.add(winner.close)
    expect(winners.length).toBe(1)
  })

  it('is taken over from a shell that was killed, also by one of many who ask at once', async () => {
    const deadPath = await killedHolder()
    const results = await Promise.all(Array.from({ length: 12 }, () => claimLab(labDir)))
    const winners = results.flatMap((result) => (result.ok ? [result.value] : []))
    for (const winner of winners) stops.add(winner.close)
    expect(winners.length).toBe(1)
    expect(existsSync(deadPath)).toBe(false)
    expect(await connectToLab(labDir)).toMatchObject({ ok: true })
  })

  /** A real process that claims the lab and dies by SIGKILL, so that it can clean nothing up. */
  async function killedHolder(): Promise<string> {
    const script = `
      const { claimLab } = await import(${JSON.stringify(new URL('./control-server.ts', import.meta.url).href)})
      const result = await claimLab(${JSON.stringify(labDir)})
      console.log(result.ok ? 'claimed' : result.failure.code)
      setInterval(() => {}, 1000)
    `
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    expect(said.toString().trim()).toBe('claimed')
    const path = findControl(labDir) ?? ''
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    return path
  }
})
