import { beforeEach, describe, expect, it } from 'vitest'
import type { NotaryRecord } from '#cores/notary/messages'
import { asker, handlerOf } from './testing/asker.ts'
import { FakeGroup } from './testing/fake-notary.ts'

let group: FakeGroup
beforeEach(() => {
  group = new FakeGroup()
})

const ask = (...asked: Parameters<ReturnType<typeof asker>>) => asker(handlerOf(group.first))(...asked)
const chain = async () => ((await ask('/blockchain')).json() as { chain: Record<string, unknown>[] }).chain

describe('GET /blockchain', () => {
  it('is whole, however many slices it takes', async () => {
    group.notary.fill(1_234)
    const blocks = await chain()
    expect(blocks.map(({ index }) => index)).toEqual(Array.from({ length: 1_235 }, (_, index) => index))
    expect(blocks.slice(1).every((block, at) => block.previous_hash === blocks[at]?.hash)).toBe(true)
    expect(group.first.asked.length).toBe(4)
    const inA = await asker(handlerOf(group.first, 'A'))('/blockchain')
    expect(inA.json()).toHaveLength(1_235)
  })

  it('is as long as it was when it was asked for', async () => {
    group.notary.fill(600)
    let isFirst = true
    group.first.distort = (answer) => {
      if (!isFirst) group.notary.fill(1)
      isFirst = false
      return answer
    }
    expect(await chain()).toHaveLength(601)
  })

  it('breaks off where it does not hang together any more', async () => {
    group.notary.fill(600)
    group.first.distort = (answer) => {
      const { records, size } = answer as { records?: NotaryRecord[]; size: number }
      if (records?.[0]?.index !== 500) return answer
      return { size, records: records.map((record) => ({ ...record, previousHash: 'ab'.repeat(32) })) }
    }
    await expect(ask('/blockchain')).rejects.toThrow('broken off')
  })

  it('breaks off when the peer can give no more', async () => {
    group.notary.fill(600)
    group.first.distort = (answer) => {
      if ('records' in Object(answer)) group.first.refusesToAnswer = 'not-ready'
      return answer
    }
    await expect(ask('/blockchain')).rejects.toThrow('broken off: not-ready')
  })

  it('is refused whole by a peer that has nothing to give', async () => {
    group.first.refusesToAnswer = 'not-ready'
    const heard = await ask('/blockchain')
    expect(heard.status).toBe(503)
    expect(heard.headers['retry-after']).toBe('1')
    expect(heard.json()).toMatchObject({ code: 'not-ready' })
  })
})

describe('POST /sync', () => {
  const sync = (block: unknown) => ask('/sync', { body: { block } })

  it('knows the blocks of the chain and changes nothing', async () => {
    group.notary.fill(3)
    const before = group.notary.state.text()
    for (const block of await chain()) {
      expect((await sync(block)).status).toBe(200)
      for (const [part, value] of Object.entries(block)) {
        const forged = typeof value === 'number' ? value + 1 : `${String(value)} `
        expect((await sync({ ...block, [part]: forged })).status).toBe(409)
      }
    }
    expect(group.notary.state.text()).toBe(before)
    expect(group.first.orders).toEqual([])
  })

  it('refuses the very next block, however right it is', async () => {
    const [genesis] = await chain()
    const other = new FakeGroup()
    other.notary.fill(1)
    const [, next] = ((await asker(handlerOf(other.first))('/blockchain')).json() as { chain: unknown[] }).chain
    expect(next).toMatchObject({ index: 1, previous_hash: genesis?.hash })
    expect((await sync(next)).status).toBe(409)
    expect(await chain()).toEqual([genesis])
  })
})

describe('addresses and methods', () => {
  it.each(['/nada', '/status/', '/REGISTER', '/', '/tile', '/api'])('nothing is served at %s', async (path) => {
    const heard = await ask(path)
    expect(heard.status).toBe(404)
    expect(heard.headers['content-type']).toBe('text/html; charset=utf-8')
  })

  it.each(['/api/v2', '/api/v1/nada', '/api/v1/documents/', '/tile/0', '/api/v1/receipts/1/2'])(
    'nothing is served at %s, for programs',
    async (path) => {
      const heard = await ask(path)
      expect(heard.status).toBe(404)
      expect(heard.json()).toMatchObject({ code: 'unknown-call', status: 404 })
    },
  )

  it.each([
    ['/register', 'GET', 'OPTIONS, POST'],
    ['/status', 'POST', 'GET, HEAD, OPTIONS'],
    ['/api/v1/registrations', 'GET', 'OPTIONS, POST'],
    ['/api/v1/documents/1', 'DELETE', 'GET, HEAD, OPTIONS'],
  ])('%s is not for %s', async (path, method, allow) => {
    const heard = await ask(path, { method })
    expect(heard.status).toBe(405)
    expect(heard.headers.allow).toBe(allow)
    const options = await ask(path, { method: 'OPTIONS' })
    expect([options.status, options.body, options.headers.allow]).toEqual([200, '', allow])
  })

  it('HEAD goes where GET goes', async () => {
    const heard = await ask('/blockchain', { method: 'HEAD' })
    expect([heard.status, heard.headers]).toEqual([200, (await ask('/blockchain')).headers])
    expect((await ask('/register', { method: 'HEAD' })).status).toBe(405)
  })
})
