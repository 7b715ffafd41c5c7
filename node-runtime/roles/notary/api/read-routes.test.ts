import { beforeEach, describe, expect, it } from 'vitest'
import type { RecordView } from '#contract/worker/desk'
import { checkReceipt } from '#cores/notary/receipt/check'
import { decodeLeaf } from '#cores/notary/receipt/leaf'
import { leafHash, verifyConsistency, verifyInclusion } from '#cores/notary/receipt/merkle'
import { parsePolicy } from '#cores/notary/receipt/policy'
import { madeNotary, sums } from '#cores/notary/receipt/testing/made-notary'
import { formatVerifierKey } from '#cores/notary/receipt/verifier-key'
import { fromBase64 } from '#kit/base64'
import { fromHex, toHex } from '#kit/hex'
import { plainSha256 as sha256 } from '#kit/sha256'
import { asker, handlerOf } from './testing/asker.ts'
import { FakeGroup } from './testing/fake-notary.ts'
import { readTilePath } from './tile-routes.ts'

let group: FakeGroup
beforeEach(() => {
  group = new FakeGroup()
  group.found()
})

interface Page {
  readonly records: readonly RecordView[]
  readonly next: string | null
  readonly size: number
}

const ask = (...asked: Parameters<ReturnType<typeof asker>>) => asker(handlerOf(group.first))(...asked)
const get = async <T>(address: string): Promise<T> => (await ask(`/api/v1${address}`)).json() as T
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)
const indexesOf = ({ records }: Page): number[] => records.map(({ index }) => index)

describe('documents', () => {
  it('come newest first, page by page, each once', async () => {
    group.notary.fill(120)
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await get(`/documents?limit=50${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(page.size).toBe(121)
      seen.push(...indexesOf(page))
      cursor = page.next
    }
    expect(seen).toEqual(Array.from({ length: 121 }, (_, at) => 120 - at))
    expect(indexesOf(await get('/documents?cursor=0'))).toEqual([])
    expect((await get<Page>('/documents')).records).toHaveLength(50)
  })

  it('count upwards from a place', async () => {
    group.notary.fill(10)
    const page = await get<Page>('/documents?from=3&limit=4')
    expect([indexesOf(page), page.next]).toEqual([[3, 4, 5, 6], '7'])
    const last = await get<Page>('/documents?from=7&limit=4')
    expect([indexesOf(last), last.next]).toEqual([[7, 8, 9, 10], null])
    expect(await get<Page>('/documents?from=99')).toMatchObject({ records: [], next: null, size: 11 })
    expect(indexesOf(await get<Page>(`/documents?from=3&limit=4&cursor=${page.next}`))).toEqual([7, 8, 9, 10])
  })

  it('are found by a part of their title, whatever the accents, over as many parts as it takes', async () => {
    group.notary.fill(1_500)
    await ask('/api/v1/registrations', { body: { document: 'x', title: 'Ação de graças' } })
    group.notary.fill(1_500)
    const page = await get<Page>(`/documents?search=${encodeURIComponent('AÇAO DE GRACAS')}`)
    expect([indexesOf(page), page.next, page.size]).toEqual([[1_501], null, 3_002])
    const some = await get<Page>('/documents?search=document&limit=3')
    expect(indexesOf(some)).toEqual([3_001, 3_000, 2_999])
    expect(indexesOf(await get(`/documents?search=document&limit=2&cursor=${some.next}`))).toEqual([2_998, 2_997])
  })

  it('are found by their hash, oldest first', async () => {
    for (let times = 0; times < 3; times += 1) await ask('/register', { body: { document: 'abc' } })
    const hash = 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD'
    expect(indexesOf(await get(`/documents?sha256=${hash}`))).toEqual([1, 2, 3])
    const page = await get<Page>(`/documents?sha256=${hash}&limit=2`)
    expect([indexesOf(page), page.next]).toEqual([[1, 2], '3'])
    const rest = await get<Page>(`/documents?sha256=${hash}&limit=2&cursor=${page.next}`)
    expect([indexesOf(rest), rest.next]).toEqual([[3], null])
    expect(await get(`/documents?sha256=${'00'.repeat(32)}`)).toMatchObject({ records: [], next: null, size: 4 })
  })

  it('are looked for in one way at a time', async () => {
    const hash = '00'.repeat(32)
    for (const query of ['search=agree&from=0', `sha256=${hash}&from=0`, `sha256=${hash}&search=agree`]) {
      expect((await ask(`/api/v1/documents?${query}`)).status).toBe(400)
    }
    expect((await ask('/api/v1/documents?search=&from=0')).status).toBe(200)
  })

  it('of the genesis block say so', async () => {
    expect(await get('/documents/0')).toMatchObject({ kind: 'genesis', text: 'Genesis Block', previousHash: '0' })
  })

  it.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'limit=',
    'cursor=x',
    'cursor=-1',
    'cursor=1e3',
    'cursor=9999999999999999',
    'cursor=',
    'from=1.5',
    'sha256=ab',
    `sha256=${'ab'.repeat(32)}00`,
    `sha256=${'xy'.repeat(32)}`,
    `search=${'x'.repeat(201)}`,
    'consistency=often',
  ])('are not to be had with %s', async (query) => {
    const heard = await ask(`/api/v1/documents?${query}`)
    expect(heard.status).toBe(400)
    expect(heard.headers['content-type']).toBe('application/problem+json')
    expect(group.first.asked).toEqual([])
  })
})

describe('reads', () => {
  it('by a wrong method are not called unknown', async () => {
    const heard = await asker(handlerOf(group.peer(2)))('/api/v1/documents', { method: 'DELETE' })
    expect(heard.status).toBe(405)
    expect(heard.json()).toMatchObject({ title: 'Not by this method' })
  })

  it('say who answered and how far behind it is, and ask the group only if they shall', async () => {
    const follower = group.peer(2)
    follower.lagEntries = 7
    for (const path of ['/blockchain', '/status', '/api/v1/documents', '/api/v1/status', '/api/v1/members']) {
      const { headers } = await asker(handlerOf(follower))(path)
      expect([headers['colmeia-node'], headers['colmeia-lag-entries']]).toEqual(['notary-2', '7'])
    }
    expect(follower.asked.every(({ consistency }) => consistency === 'stale')).toBe(true)
    follower.lagEntries = null
    expect((await asker(handlerOf(follower))('/api/v1/status')).headers['colmeia-lag-entries']).toBe('unknown')
    follower.asked.length = 0
    await asker(handlerOf(follower))('/api/v1/documents?consistency=linearizable')
    expect(follower.asked.map(({ consistency }) => consistency)).toEqual(['linearizable'])
  })

  it('tell how the peer stands', async () => {
    group.witness()
    const { size, head } = group.notary.ask({ kind: 'status' })
    const status = (await asker(handlerOf(group.peer(2)))('/api/v1/status')).json()
    expect(status).toMatchObject({
      nodeId: 'notary-2',
      leader: 'notary-1',
      size,
      head,
      isLeader: false,
      witnessedSize: size,
    })
    const { members } = await get<{ members: { nodeId: string; isLeader: boolean }[] }>('/members')
    expect(members.map(({ nodeId, isLeader }) => `${nodeId} ${isLeader}`)).toEqual([
      'notary-1 true',
      'notary-2 false',
      'notary-3 false',
    ])
  })
})

describe('proofs', () => {
  it('of inclusion hold, at the present size and at an earlier one', async () => {
    group.notary.fill(300)
    for (const query of ['index=7', 'index=7&size=8', 'index=299&size=300', 'index=0&size=1']) {
      const { index, size, leaf, hashes, root } = await get<{
        index: number
        size: number
        leaf: string
        hashes: string[]
        root: string
      }>(`/proofs/inclusion?${query}`)
      const bare = fromBase64(leaf) ?? new Uint8Array(0)
      expect(decodeLeaf(bare)?.index).toBe(index)
      const proof = {
        sha256,
        index,
        size,
        leafHash: leafHash(sha256, bare),
        hashes: hashes.map(bytes),
        root: bytes(root),
      }
      expect(verifyInclusion(proof)).toBe(true)
      expect(verifyInclusion({ ...proof, index: index + 1 })).toBe(false)
    }
  })

  it('of consistency hold', async () => {
    group.notary.fill(300)
    const { from, to, fromRoot, toRoot, hashes } = await get<{
      from: number
      to: number
      fromRoot: string
      toRoot: string
      hashes: string[]
    }>('/proofs/consistency?from=100')
    const proof = { sha256, from, to, fromRoot: bytes(fromRoot), toRoot: bytes(toRoot), hashes: hashes.map(bytes) }
    expect([to, verifyConsistency(proof), verifyConsistency({ ...proof, from: 99 })]).toEqual([301, true, false])
  })

  it.each([
    'inclusion?index=x',
    'inclusion?index=1&size=x',
    'consistency',
    'consistency?from=-1',
    'consistency?from=1&to=x',
  ])('are not to be had of %s', async (query) => expect((await ask(`/api/v1/proofs/${query}`)).status).toBe(400))
})

describe('receipts', () => {
  it('fit the policy of now, also where another list of witnesses has come to judge what is not co-signed yet', async () => {
    group.notary.fill(5)
    group.witness()
    const others = madeNotary(3, 'colmeia.local/lab/notary', 40).witnesses
    const witnesses = others.map(({ key }) => ({ name: key.name, key: formatVerifierKey(key) }))
    group.notary.apply({ kind: 'witnesses', witnesses, members: witnesses.length })
    const verdict = async () => {
      const { body: receipt } = await ask('/api/v1/receipts/3')
      const { body, headers } = await ask('/api/v1/policy')
      const policies = [parsePolicy(body, sha256)!]
      return [checkReceipt({ receipt, sha256: null, policies, sums }).kind, headers['colmeia-policy-size']]
    }
    expect(await verdict()).toEqual(['proven', '6'])
    group.notary.fill(2)
    expect(await verdict(), 'grown, and not co-signed').toEqual(['proven', '6'])
    expect((await ask('/api/v1/policy?size=7')).body).toContain(witnesses[0]?.key)
  })

  it('have no policy of a size that nobody ever judged, and none will come', async () => {
    const young = new FakeGroup()
    young.notary.fill(5)
    young.found()
    const policyOf = async (size: number) => (await asker(handlerOf(young.first))(`/api/v1/policy?size=${size}`)).status
    expect([await policyOf(5), await policyOf(6)]).toEqual([404, 200])
  })

  it('have no policy of a size that this peer has not come to: another list may judge it', async () => {
    group.notary.fill(5)
    const { status, body } = await ask('/api/v1/policy?size=7')
    expect([status, body.includes('not-ready')]).toEqual([503, true])
  })

  it('are judged right with the policy that was pinned', async () => {
    group.notary.fill(20)
    group.witness()
    const receipt = (await ask('/api/v1/receipts/13')).body
    const policy = parsePolicy((await ask('/api/v1/policy')).body, sha256)
    const verdict = checkReceipt({
      receipt,
      sha256: group.notary.record(13).sha256,
      policies: policy === null ? [] : [policy],
      sums,
    })
    expect([verdict.kind, verdict.facts?.index]).toEqual(['proven', 13])
    expect(receipt.endsWith((await ask('/checkpoint')).body)).toBe(true)
  })

  it('are not ready before a majority has signed', async () => {
    group.notary.fill(3)
    expect((await ask('/api/v1/receipts/1')).json()).toMatchObject({ status: 503, code: 'not-ready' })
    group.witness()
    group.notary.fill(1)
    expect((await ask('/api/v1/receipts/3')).status).toBe(200)
    expect((await ask('/api/v1/receipts/4')).json()).toMatchObject({ status: 503, code: 'not-ready' })
    expect((await ask('/api/v1/receipts/5')).json()).toMatchObject({ status: 404, code: 'not-found' })
  })
})

describe('tiles', () => {
  it.each([
    ['000', 0, 256],
    ['067', 67, 256],
    ['x001/x234/067', 1_234_067, 256],
    ['x001/x234/067.p/8', 1_234_067, 8],
    ['000.p/255', 0, 255],
  ])('are read: %s', (path, tile, width) => expect(readTilePath(path)).toEqual({ tile, width }))

  it.each([
    '0',
    '00',
    '0000',
    'x000/001',
    '001/x002',
    'x1/002',
    '000.p/0',
    '000.p/256',
    '000.p/08',
    '000.p/',
    '../000',
  ])('are not read: %s', (path) => expect(readTilePath(path)).toBeNull())

  it('hold the hashes of the leaves, and those of the tiles below', async () => {
    group.notary.fill(600)
    const tile = await ask('/tile/0/001')
    expect(tile.headers['content-type']).toBe('application/octet-stream')
    const entries = (await ask('/tile/entries/001')).bytes
    let at = 0
    let hashes = ''
    while (at < entries.length) {
      const length = ((entries[at] ?? 0) << 8) | (entries[at + 1] ?? 0)
      hashes += toHex(leafHash(sha256, entries.subarray(at + 2, at + 2 + length)))
      at += 2 + length
    }
    expect(toHex(tile.bytes)).toBe(hashes)
    expect((await ask('/tile/1/000.p/2')).bytes).toHaveLength(64)
    expect((await ask('/tile/0/002.p/89')).bytes).toHaveLength(89 * 32)
    expect((await ask('/tile/entries/002.p/89')).status).toBe(200)
    for (const none of ['0/002.p/90', '0/002', 'entries/002', '1/000', '63/000']) {
      expect((await ask(`/tile/${none}`)).status).toBe(404)
    }
  })
})
