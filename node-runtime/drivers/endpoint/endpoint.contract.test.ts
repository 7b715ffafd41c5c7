import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { EndpointAnswer, Handler } from '#ports/endpoint'
import { done, endpointSuite } from '#ports/testing/endpoint-suite'
import { VirtualClock } from '#sim/virtual-clock'
import { openEndpoint } from './index.ts'
import { askOver, atOnce, get, host, open, serving, stranger, until } from './testing/strangers.ts'

endpointSuite('real', async () => {
  const clock = new VirtualClock(0, 0)
  const endpoint = await open({}, clock)
  return {
    endpoint,
    ask: (request) => askOver(endpoint, request),
    pass: (ms) => clock.advanceTo(clock.now() + ms),
    close: async () => {},
  }
})

describe('an endpoint that opens', () => {
  it('refuses an address that somebody has', async () => {
    const server = createServer().listen(0, host)
    await until(() => server.listening)
    const { port } = server.address() as { readonly port: number } // a TCP server that listens has one
    const refused = await openEndpoint({ host, port, clock: new VirtualClock(0, 0) })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
    server.close()
  })
})

describe('a handler that throws', () => {
  it('ends the process, as every bug does', () => {
    const file = fileURLToPath(new URL('testing/throwing-main.ts', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect([status, stderr.includes('a bug of ours')]).toEqual([1, true])
  })
})

describe('what programs may send', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['a path of nonsense', get('/%ff%'), '400'],
    ['a path that is no UTF-8', get('/%ff'), '400'],
    ['headers without end', get('/', `x: ${'x'.repeat(20_000)}\r\n`), '431'],
    ['two lengths', get('/', 'content-length: 1\r\ncontent-length: 2\r\n'), '400'],
    ['two hosts', get('/', 'Host: evil.example\r\n'), '400'],
    ['an expectation', get('/', 'expect: foo\r\n'), '417'],
    ['another host in the target', 'GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n', '403'],
    ['a length and chunks', get('/', 'content-length: 1\r\ntransfer-encoding: chunked\r\n'), '400'],
  ])('%s, and are told so; the next one is served', async (_, said, status) => {
    const endpoint = await serving(atOnce)
    const one = stranger(endpoint)
    one.say(said)
    await one.hears(`HTTP/1.1 ${status}`)
    await one.hears('"detail":"')
    await one.hears(`"status":${status}`)
    expect(await askOver(endpoint, {})).toMatchObject({ status: 200 })
  })

  it('any method and any path reach the handler', async () => {
    const endpoint = await serving(({ method, path }, answer) => answer({ ...done, body: `${method} ${path}` }))
    const long = `/${'a'.repeat(5_000)}`
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect(await askOver(endpoint, { method, path: long })).toMatchObject({ status: 200, body: `${method} ${long}` })
    }
    expect(await askOver(endpoint, { path: '//double' })).toMatchObject({ body: 'GET //double' })
  })

  it('a body of any kind, also one that comes in chunks, or none', async () => {
    const endpoint = await serving(({ body }, answer) => answer({ ...done, body: `${body.length} bytes` }))
    const post = 'POST / HTTP/1.1\r\nhost: localhost\r\n'
    const one = stranger(endpoint)
    one.say(`${post}content-type: what/ever\r\ncontent-length: 3\r\n\r\nabc`)
    await one.hears('3 bytes')
    one.say(`${post}transfer-encoding: chunked\r\n\r\n4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n`)
    await one.hears('5 bytes')
    one.say(`${post}\r\n`)
    await one.hears('0 bytes')
  })

  it('the whole address as a target, or none at all', async () => {
    const endpoint = await serving(({ path, query }, answer) =>
      answer({ ...done, body: `${path} ${query.get('q') ?? ''}.` }),
    )
    const one = stranger(endpoint)
    one.say('GET http://localhost/health?q=1 HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await one.hears('/health 1.')
    one.say('GET HTTP://localhost?q=2 HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await one.hears('/ 2.')
    one.say('OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await one.hears('HTTP/1.1 204')
  })

  it('a question first whether a body may come', async () => {
    const endpoint = await serving(({ body }, answer) => answer({ ...done, body: `${body.length} bytes` }), {
      bodyBytesMax: 4,
    })
    const post = 'POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n'
    const short = stranger(endpoint)
    short.say(`${post}content-length: 3\r\n\r\n`)
    await short.hears('HTTP/1.1 100 Continue')
    short.say('abc')
    await short.hears('3 bytes')
    for (const [said, status] of [
      ['content-length: 5\r\n', '413'],
      ['content-length: 3\r\norigin: http://evil.example\r\n', '403'],
    ] as const) {
      const refused = stranger(endpoint)
      refused.say(`${post}${said}\r\n`)
      expect(await refused.isHungUp()).toBe(true)
      expect(refused.heard.slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
      expect(refused.heard).toContain('"detail":"')
    }
  })

  it('half a request, and are hung up on after a while', async () => {
    const endpoint = await serving(atOnce, { requestWithinMs: 50, lookEveryMs: 10 })
    const early = stranger(endpoint)
    early.say('GET / HT')
    const late = stranger(endpoint)
    late.say('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\nabc')
    expect([await early.isHungUp(), await late.isHungUp()]).toEqual([true, true])
    expect([early.heard, late.heard].map((text) => text.slice(9, 12))).toEqual(['408', '408'])
  })

  it('a body in chunks that is too long, and are told so before its end', async () => {
    let calls = 0
    const count: Handler = (_, answer) => {
      calls += 1
      answer(done)
    }
    const endpoint = await serving(count, { bodyBytesMax: 4 })
    const one = stranger(endpoint)
    one.say('POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n')
    await one.hears('413')
    expect(calls).toBe(0)
  })

  it.each([
    ['no HTTP', 'garbage garbage\r\n\r\n', '400'],
    ['headers without end', get('/', `x: ${'x'.repeat(20_000)}\r\n`), '431'],
  ])('%s behind a request, which is answered first', async (_, said, status) => {
    const later: ((answer: EndpointAnswer) => void)[] = []
    const one = stranger(await serving((_request, answer) => void later.push(answer)))
    one.say(get('/').concat(said))
    await until(() => later.length === 1)
    later[0]?.({ ...done, body: 'the first.' })
    expect(await one.isHungUp()).toBe(true)
    expect(one.heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', `HTTP/1.1 ${status}`])
  })

  it('several requests at once, and are answered in their order', async () => {
    const later: (() => void)[] = []
    const endpoint = await serving(
      ({ path }, answer) => void later.push(() => answer({ ...done, body: `at ${path}.` })),
    )
    const one = stranger(endpoint)
    one.say(get('/1') + get('/2'))
    await until(() => later.length === 2)
    for (const answer of later.reverse()) answer()
    await one.hears('at /2.')
    expect(one.heard.indexOf('at /1.')).toBeGreaterThan(0)
    expect(one.heard.indexOf('at /1.')).toBeLessThan(one.heard.indexOf('at /2.'))
  })
})
