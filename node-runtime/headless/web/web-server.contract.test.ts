import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { bridgePath } from '#contract/window/frames'
import { openHost } from '#host/host'
import { defaultSettings, SettingsFile } from '#host/settings-file'
import { ok } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { info } from '../../host/testing/app-info.ts'
import { memoryLab } from '../../host/testing/memory-lab.ts'
import { startWebServer, type WebServer, webLimits } from './web-server.ts'

let stops: StopStack
let server: WebServer
let memory: ReturnType<typeof memoryLab>

beforeEach(async () => {
  stops = new StopStack()
  const dir = mkdtempSync(join(tmpdir(), 'web-'))
  stops.add(() => rmSync(dir, { recursive: true }))
  const root = join(dir, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<script nonce="__CSP_NONCE__"></script>')
  writeFileSync(join(root, 'assets', 'a.js'), 'let a')
  writeFileSync(join(dir, 'secret.js'), 'secret')
  memory = memoryLab()
  const settings = new SettingsFile(join(dir, 'settings.json'), defaultSettings('en'))
  const host = openHost({ lab: memory.lab, settings, info, openWindow: () => ok(null), onBug: () => undefined })
  stops.add(host.stop)
  server = await startWebServer({ ...host, port: 0, root })
  stops.add(server.close)
})
afterEach(() => stops.run())

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** Plain node:http, because fetch does not let a test write a foreign Host. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asked = request(server.origin, { path, headers, method, agent: false })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }
}

async function signIn(): Promise<string> {
  const { search } = new URL(server.address)
  const answer = await get(`/${search}`)
  expect(answer.status).toBe(303)
  return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
}

/** The HTTP status of a refused upgrade, or the open socket. */
function openSocket(headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${bridgePath}`, { headers })
  stops.add(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.once('error', reject)
  })
}

async function page(): Promise<WebSocket> {
  const socket = await openSocket({ cookie: await signIn(), origin: server.origin })
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
  return socket
}

async function answerTo(socket: WebSocket, frame: unknown): Promise<unknown> {
  const heard = once(socket, 'message')
  socket.send(JSON.stringify(frame))
  const [data] = await heard
  return JSON.parse(String(data))
}

describe('the door to the page', () => {
  it('changes the token for a cookie that no script and no other site can use, and drops the token', async () => {
    const answer = await get(`/${new URL(server.address).search}`)
    expect([answer.status, answer.headers.location]).toEqual([303, '/'])
    const [cookie] = answer.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^colmeia-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(cookie).not.toContain(new URL(server.address).searchParams.get('token'))
  })

  it.each(['//', '//:x', '///'])(
    'takes the path %s, which is no address, for a stranger and not for a bug',
    async (path) => {
      expect((await get(path)).status).toBe(401)
      expect((await get(path, { cookie: await signIn() })).status).toBe(404)
    },
  )

  it('serves the page and its files behind the cookie, with the same policy as in Electron', async () => {
    const cookie = await signIn()
    const answer = await get('/', { cookie })
    const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1]
    expect(answer.text).toBe(`<script nonce="${nonce}"></script>`)
    expect(answer.headers['content-security-policy']).not.toContain('unsafe')
    expect((await get('/assets/a.js', { cookie })).text).toBe('let a')
  })

  it.each(['/', '/index.html', '/assets/a.js', '/missing'])('gives a stranger nothing of %s', async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.text.includes('nonce'), answer.text.includes('let a')]).toEqual([401, false, false])
  })

  it.each(['/?token=', '/?token=wrong', '/?token=%00', `/?token=${'A'.repeat(43)}`])('refuses %s', async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined])
  })

  it('refuses a wrong cookie', async () => {
    const cookie = await signIn()
    expect((await get('/', { cookie: `${cookie}x` })).status).toBe(401)
    expect((await get('/', { cookie: `${cookie.split('=')[0]}=` })).status).toBe(401)
  })

  it.each(['evil.example', 'localhost', '127.0.0.1:1', 'evil.example:80'])(
    'refuses the Host "%s", even with the right token or cookie',
    async (host) => {
      const cookie = await signIn()
      expect((await get('/', { host, cookie })).status).toBe(421)
      const withToken = await get(`/${new URL(server.address).search}`, { host })
      expect(withToken.headers['set-cookie']).toBeUndefined()
    },
  )

  it('refuses a request that another origin began, even with the cookie', async () => {
    const cookie = await signIn()
    expect((await get('/', { cookie, origin: 'http://127.0.0.1:1' })).status).toBe(403)
    expect((await get('/', { cookie, origin: 'null' })).status).toBe(403)
  })

  it.each(['/..%2fsecret.js', '/assets/..%2f..%2fsecret.js', '/%2e%2e/secret.js', '/assets/../../secret.js'])(
    'serves nothing outside of its folder: %s',
    async (path) => {
      const answer = await get(path, { cookie: await signIn() })
      expect([answer.status, answer.text.includes('secret')]).toEqual([404, false])
    },
  )

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('knows no %s', async (method) => {
    expect((await get('/', { cookie: await signIn() }, method)).status).toBe(404)
  })

  it('listens on loopback only', () => {
    expect(new URL(server.address).hostname).toBe('127.0.0.1')
  })
})

describe('the socket of the page', () => {
  it('carries calls and events', async () => {
    const socket = await page()
    expect(await answerTo(socket, { kind: 'call', sequence: 1, name: 'app.info', input: {} })).toEqual({
      kind: 'answer',
      sequence: 1,
      result: { ok: true, value: info },
    })
    const heard = once(socket, 'message')
    socket.send(JSON.stringify({ kind: 'listen', events: ['problem.raised'] }))
    memory.raise({ code: 'disk-full', nodeId: null, detail: 'x', wallMs: 0 })
    const [data] = await heard
    expect(JSON.parse(String(data))).toMatchObject({ kind: 'event', name: 'problem.raised' })
  })

  it('is refused without the cookie', async () => {
    expect(await openSocket({ origin: server.origin })).toBe(401)
    expect(await openSocket({ origin: server.origin, cookie: 'colmeia-1=x' })).toBe(401)
  })

  it.each(['http://evil.example', 'http://localhost', 'null', ''])(
    'is refused to the Origin "%s", even with the cookie',
    async (origin) => {
      const cookie = await signIn()
      expect(await openSocket(origin === '' ? { cookie } : { origin, cookie })).toBe(403)
    },
  )

  it('is refused under a foreign Host, even with cookie and origin', async () => {
    const cookie = await signIn()
    expect(await openSocket({ host: 'evil.example', origin: server.origin, cookie })).toBe(421)
  })

  it('ends with a frame over the limit, and the others stay', async () => {
    const [greedy, other] = [await page(), await page()]
    const closed = once(greedy, 'close')
    greedy.on('error', () => undefined)
    greedy.send('x'.repeat(webLimits.frameBytesMax + 1))
    await closed
    const answer = await answerTo(other, { kind: 'call', sequence: 2, name: 'app.info', input: {} })
    expect(answer).toMatchObject({ sequence: 2 })
  })

  it.each(['no JSON', Buffer.from([1, 2, 3])])('ends with what is no frame of ours', async (data) => {
    const socket = await page()
    const closed = once(socket, 'close')
    socket.send(data)
    expect((await closed)[0]).toBe(1003)
  })

  it('answers a call of the wrong shape with its code', async () => {
    const answer = await answerTo(await page(), { kind: 'call', sequence: 3, name: 'nodes.stop', input: { nodeId: 7 } })
    expect(answer).toMatchObject({ sequence: 3, result: { failure: { code: 'bad-request' } } })
  })

  it('refuses one page more than the limit', async () => {
    for (let number = 0; number < webLimits.pagesMax; number += 1) await page()
    expect(await openSocket({ cookie: await signIn(), origin: server.origin })).toBe(503)
  })

  it('does not keep the server from closing', async () => {
    const socket = await page()
    const closed = once(socket, 'close')
    await server.close()
    await closed
  })
})
