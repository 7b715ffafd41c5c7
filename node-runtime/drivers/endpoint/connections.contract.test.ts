import { describe, expect, it } from 'vitest'
import { ok } from '#kit/result'
import type { Endpoint, EndpointAnswer, Pieces } from '#ports/endpoint'
import { done } from '#ports/testing/endpoint-suite'
import { askOver, atOnce, get, serving, stranger, until } from './testing/strangers.ts'

const piece = 'x'.repeat(16 * 1024)

/** A body without end, which counts what is pulled of it. */
function endless(): Pieces & { pulled: number } {
  const pieces = {
    pulled: 0,
    next: (give: Parameters<Pieces['next']>[0]): void => {
      pieces.pulled += 1
      give(ok(piece))
    },
  }
  return pieces
}

/** For an endpoint with room for one. HEAD, because the handler there may answer without end. */
async function statusOf(endpoint: Endpoint): Promise<number | undefined> {
  return (await askOver(endpoint, { method: 'HEAD' }))?.status
}

async function busy(endpoint: Endpoint): Promise<void> {
  while ((await statusOf(endpoint)) !== 503);
}

async function free(endpoint: Endpoint): Promise<void> {
  endpoint.serve(atOnce)
  while ((await statusOf(endpoint)) !== 200);
}

describe('connections', () => {
  it('are kept for the next request', async () => {
    const endpoint = await serving(({ path }, answer) => answer({ ...done, body: `at ${path}.` }))
    const one = stranger(endpoint)
    for (const path of ['/1', '/2', '/3']) {
      one.say(get(path))
      await one.hears(`at ${path}.`)
    }
  })

  it('on which nobody asks are closed after a while', async () => {
    const one = stranger(await serving(atOnce, { idleMs: 20 }))
    one.say(get('/'))
    await one.hears('done')
    expect(await one.isHungUp()).toBe(true)
  })

  it('that do not read their answer are given no more of it than fits on the way', async () => {
    const pieces = endless()
    const endpoint = await serving((_, answer) => answer({ ...done, body: pieces }))
    const one = stranger(endpoint)
    one.socket.pause()
    one.say(get('/'))
    await until(() => pieces.pulled > 0)
    // Answers to somebody else take many turns of the loop, in each of which more could be pulled.
    let before = 0
    while (before !== pieces.pulled) {
      before = pieces.pulled
      for (let count = 0; count < 20; count += 1) await askOver(endpoint, { method: 'HEAD' })
    }
    expect(pieces.pulled * piece.length).toBeLessThan(64 * 1024 * 1024)
    one.socket.resume()
    await until(() => pieces.pulled > before)
  })

  it('that do not read their answer for long are cut', async () => {
    const endpoint = await serving((_, answer) => answer({ ...done, body: endless() }), {
      stillMs: 50,
      requestsUnderWayMax: 1,
    })
    const one = stranger(endpoint)
    one.socket.pause()
    one.say(get('/'))
    await busy(endpoint)
    await free(endpoint)
    one.socket.resume()
    expect(await one.isHungUp()).toBe(true)
  })

  it('whose asker has gone are forgotten, whatever is answered later', async () => {
    const later: ((answer: EndpointAnswer) => void)[] = []
    const endpoint = await serving((_, answer) => void later.push(answer), { requestsUnderWayMax: 1 })
    const one = stranger(endpoint)
    one.say(get('/'))
    await until(() => later.length === 1)
    await busy(endpoint)
    one.socket.destroy()
    await free(endpoint)
    later[0]?.(done)
  })

  it('give a HEAD its headers, and nothing of the body', async () => {
    const pieces = endless()
    const endpoint = await serving(({ path }, answer) => answer({ ...done, body: path === '/long' ? pieces : 'done' }))
    expect(await askOver(endpoint, { method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '4' },
      body: '',
    })
    expect(await askOver(endpoint, { method: 'HEAD', path: '/long' })).toMatchObject({ status: 200, body: '' })
    expect(pieces.pulled).toBe(0)
  })

  it('are let go when the endpoint closes: idle ones at once, and what is under way is answered still', async () => {
    const later: ((answer: EndpointAnswer) => void)[] = []
    const endpoint = await serving((_, answer) => void later.push(answer))
    const idle = stranger(endpoint)
    idle.say(get('/'))
    await until(() => later.length === 1)
    later.shift()?.(done)
    await idle.hears('done')
    const asking = stranger(endpoint)
    asking.say(get('/'))
    await until(() => later.length === 1)
    const closed = endpoint.close()
    expect(await idle.isHungUp()).toBe(true)
    later[0]?.(done)
    await asking.hears('done')
    await closed
    expect(await asking.isHungUp()).toBe(true)
    await expect(askOver(endpoint, {})).rejects.toThrow('ECONNREFUSED')
  })

  it('are cut when the endpoint closes and nobody answers them', async () => {
    let asked = 0
    const hear = (): void => {
      asked += 1
    }
    const endpoint = await serving(hear, { closeWithinMs: 20 })
    const one = stranger(endpoint)
    one.say(get('/'))
    await until(() => asked === 1)
    await endpoint.close()
    expect(await one.isHungUp()).toBe(true)
  })
})

describe('room', () => {
  it('is for so many bytes of bodies at once; whoever comes later is told to come again', async () => {
    const later: ((answer: EndpointAnswer) => void)[] = []
    const endpoint = await serving((_, answer) => void later.push(answer), {
      bodyBytesMax: 10,
      bodyBytesUnderWayMax: 25,
    })
    const ask = () =>
      askOver(endpoint, { method: 'POST', body: new Uint8Array(10), headers: { 'content-length': '10' } })
    const told = [ask(), ask()]
    await until(() => later.length === 2)
    expect(await ask()).toMatchObject({ status: 503, body: expect.stringContaining('busy') })
    for (const answer of later) answer(done)
    expect(await Promise.all(told)).toMatchObject([{ status: 200 }, { status: 200 }])
    endpoint.serve(atOnce)
    expect(await ask()).toMatchObject({ status: 200 })
  })
})

describe('a page of somewhere else', () => {
  const evil = 'http://evil.example'
  it.each([
    [{ host: 'evil.example:5001' }, 403],
    [{ host: 'localhost.evil.example' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ host: '10.0.0.1:5001' }, 403],
    [{ origin: evil }, 403],
    [{ origin: 'null' }, 403],
    [{ host: 'localhost:5001', origin: 'http://localhost:5002' }, 403],
    [{ host: 'localhost:5001', origin: 'https://localhost:5001' }, 403],
    [{ host: 'localhost:5001', origin: 'http://localhost:5001' }, 200],
    [{ host: 'LOCALHOST' }, 200],
    [{ host: '127.0.0.1:9999' }, 200],
    [{ host: '[::1]:5001' }, 200],
  ])('%o gets %i, and the handler hears of friends only', async (headers, status) => {
    let calls = 0
    const endpoint = await serving((_, answer) => {
      calls += 1
      answer(done)
    })
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(await askOver(endpoint, { method, headers })).toMatchObject({ status })
    }
    expect(calls).toBe(status === 200 ? 3 : 0)
  })
})
