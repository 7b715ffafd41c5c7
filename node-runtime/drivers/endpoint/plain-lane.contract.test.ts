import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import { counting, done } from '#ports/testing/endpoint-suite'
import { get, serving, stranger, until } from './testing/strangers.ts'

const echo = ({ path, body }: EndpointRequest, answer: (answer: EndpointAnswer) => void): void =>
  answer({ ...done, body: `${path} ${Buffer.from(body).toString()}.` })

const post = (path: string, body: string, more = ''): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`

describe('a connection that asks in plain words', () => {
  it('is answered as any other, and may stop being plain at any time', async () => {
    const one = stranger(await serving(echo))
    for (const said of [post('/1', 'one'), get('/2'), post('/3', 'three')]) one.say(said)
    await one.hears('/3 three.')
    one.say(post('/4', 'close', 'connection: close\r\n'))
    await one.hears('/4 close.')
    expect(await one.isHungUp()).toBe(true)
    expect(one.heard.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(4)
  })

  it.each([10, 30, 70, 75])('is served also when a request breaks after %i bytes', async (at) => {
    const one = stranger(await serving(echo))
    one.say(get('/before'))
    await one.hears('/before')
    const said = post('/broken', 'in two')
    one.say(said.slice(0, at))
    await new Promise((resolve) => setImmediate(resolve))
    one.say(said.slice(at))
    await one.hears('/broken in two.')
    one.say(post('/after', 'it'))
    await one.hears('/after it.')
  })

  it('that asks again before it is answered is answered in order, whatever it asks', async () => {
    const later: (() => void)[] = []
    const endpoint = await serving((request, answer) => void later.push(() => echo(request, answer)))
    const one = stranger(endpoint)
    one.say(get('/1'))
    await until(() => later.length === 1)
    one.say(get('/2'))
    one.say('HEAD /3 HTTP/1.1\r\nhost: localhost\r\n\r\n')
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    later[0]?.()
    await until(() => later.length > 1)
    later[1]?.()
    await until(() => later.length === 3)
    later[2]?.()
    await one.hears('/2 .')
    expect(one.heard.indexOf('/1 .')).toBeLessThan(one.heard.indexOf('/2 .'))
  })

  it('is given long answers in pieces, bytes and nothing, and goes on', async () => {
    const endpoint = await serving((request, answer) => {
      if (request.path === '/long') answer({ ...done, body: counting(200) })
      else if (request.path === '/bytes') answer({ ...done, body: encodeText('as bytes') })
      else answer({ ...done, status: 204, body: '' })
    })
    const one = stranger(endpoint)
    one.say(get('/long'))
    await one.hears('199;\r\n0\r\n\r\n')
    expect(one.heard).toContain('Transfer-Encoding: chunked')
    one.say(get('/bytes'))
    await one.hears('content-length: 8')
    await one.hears('as bytes')
    one.say(get('/nothing'))
    await one.hears('HTTP/1.1 204 No Content\r\ncontent-type: text/plain\r\nDate: ')
  })
})
