import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import { readLabFile, readLabKeys } from './lab-file.ts'
import { deleteLab, LabFolder } from './lab-folder.ts'

const [a, b] = ['a', 'b'].map(nodeId) as [NodeId, NodeId]
let home: string
let dir: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'colmeia-folder-'))
  dir = join(home, 'labs', 'main')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

function opened(): LabFolder {
  const folder = LabFolder.open(dir)
  if (!folder.ok) throw new Error(folder.failure.message)
  return folder.value
}

function ringOf(wrong: object): string {
  const sound = { names: ['Ana'], reach: 'lan', interface: null, textsFrom: 'nobody', timing: 'demo', key: 'lab' }
  return JSON.stringify({ ...sound, ...wrong })
}

describe('lab folder', () => {
  it('keeps ports and keys from one opening to the next', () => {
    const first = opened()
    expect(first.port(a)).toBeNull()
    expect(first.keepPorts({ [a]: 5_710, [b]: 5_711 })).toEqual({ ok: true, value: null })
    expect(first.keepPorts({ [b]: 5_711 }, { [b]: 5_001 })).toEqual({ ok: true, value: null })
    const made = first.keys([a])
    const second = opened()
    expect([second.port(a), second.port(b)]).toEqual([5_710, 5_711])
    expect([second.httpPort(a), second.httpPort(b)]).toEqual([null, 5_001])
    const again = second.keys([a, b])
    if (!made.ok || !again.ok) throw new Error('no keys')
    expect(again.value[a]).toEqual(made.value[a])
    expect(again.value[b]).not.toEqual(again.value[a])
  })

  it('remembers who has run, beside the ports, and of a lab of before it nothing', () => {
    const first = opened()
    first.keepPorts({ [a]: 5_710 })
    expect(first.hasRun(a)).toBe(false)
    expect(first.keepHasRun(a)).toEqual({ ok: true, value: null })
    expect(first.keepHasRun(a)).toEqual({ ok: true, value: null })
    const second = opened()
    expect([second.hasRun(a), second.hasRun(b), second.port(a)]).toEqual([true, false, 5_710])
    expect(readLabFile('{"version":1,"ports":{}}')).toEqual({
      version: 1,
      ports: {},
      http: {},
      dialects: {},
      sockets: {},
      chats: {},
      shops: {},
      rings: {},
      sizes: {},
      seated: {},
      hasRun: [],
    })
  })

  it('keeps the keys where only their owner reads them, and not in lab.json', () => {
    const folder = opened()
    folder.keepPorts({ [a]: 5_710 })
    const keys = folder.keys([a])
    if (!keys.ok) throw new Error('no keys')
    expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, 'lab.json'), 'utf8')).not.toContain(keys.value[a]?.secretKey)
  })

  it('writes whole files: nothing half-written is left beside them', () => {
    const folder = opened()
    for (let port = 5_710; port < 5_720; port += 1) folder.keepPorts({ [a]: port })
    expect(readdirSync(dir).sort()).toEqual(['lab.json', 'nodes'])
    expect(opened().port(a)).toBe(5_719)
  })

  it.each([
    ['no JSON', '{"version":1,"po'],
    ['nothing at all', ''],
    ['a newer version', '{"version":2,"ports":{}}'],
    ['a port out of range', '{"version":1,"ports":{"a":70000}}'],
    ['a port for HTTP that is none', '{"version":1,"ports":{},"http":{"a":"5001"}}'],
    ['a dialect that nobody speaks', '{"version":1,"ports":{},"dialects":{"notary":"C"}}'],
    ['a ring of nobody', `{"version":1,"ports":{},"rings":{"ring":${ringOf({ names: [] })}}}`],
    ['a ring that reaches too far', `{"version":1,"ports":{},"rings":{"ring":${ringOf({ reach: 'moon' })}}}`],
    ['a ring on no network', `{"version":1,"ports":{},"rings":{"ring":${ringOf({ interface: 7 })}}}`],
    ['a name that is none', '{"version":1,"ports":{"../a":5710}}'],
    ['more founders than there may be', '{"version":1,"ports":{},"sizes":{"notary":8}}'],
    ['no founders', '{"version":1,"ports":{},"sizes":{"notary":0}}'],
    ['a shop that reaches too far', '{"version":1,"ports":{},"shops":{"shop":"moon"}}'],
    ['seats that no node can have', '{"version":1,"ports":{},"seated":{"shop":["A B"]}}'],
    ['a socket without a port', '{"version":1,"ports":{},"sockets":{"chat":{"clients":0}}}'],
    [
      'a chat of no profile',
      '{"version":1,"ports":{},"chats":{"chat":{"hasJsonPublications":true,"layout":"course"}}}',
    ],
    ['a list', '[]'],
    ['a runner with a name that is none', '{"version":1,"ports":{},"hasRun":["../a"]}'],
    ['runners that are no list', '{"version":1,"ports":{},"hasRun":"a"}'],
  ])('refuses a lab.json with %s, and leaves it as it is', (_, text) => {
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, 'lab.json'), text)
    expect(LabFolder.open(dir)).toMatchObject({ ok: false, failure: { code: 'lab-damaged' } })
    expect(readFileSync(join(dir, 'lab.json'), 'utf8')).toBe(text)
    expect(existsSync(join(dir, 'keys.json'))).toBe(false)
  })

  it('is deleted whole, and nothing beside it', async () => {
    opened().keepPorts({ [a]: 5_710 })
    mkdirSync(join(home, 'labs', 'other'))
    writeFileSync(join(home, 'settings.json'), '{}')
    expect(await deleteLab(dir)).toEqual({ ok: true, value: null })
    expect(readdirSync(join(home, 'labs'))).toEqual(['other'])
    expect(readdirSync(home).sort()).toEqual(['labs', 'settings.json'])
    expect(await deleteLab(dir), 'deleting what is not there').toEqual({ ok: true, value: null })
  })
})

describe('lab files', () => {
  it('are read back as they were written', () => {
    const ring = { names: ['Ana'], reach: 'lan', interface: null, textsFrom: 'nobody', timing: 'demo', key: 'phrase' }
    const chat = { profile: 'everyone', hasJsonPublications: true, layout: 'account' }
    const placed = { sockets: { chat: { clients: 5_555, 'native-to': 5_819 } } }
    const chosen = {
      dialects: { notary: 'A' },
      rings: { ring },
      chats: { chat },
      sizes: { notary: 5 },
      seated: { shop: ['shop-catalog-4'] },
      shops: { shop: 'lan' },
    }
    const lab = { version: 1, ports: { a: 5_710 }, http: { a: 5_001 }, ...placed, ...chosen, hasRun: ['a'] }
    expect(readLabFile(JSON.stringify(lab))).toEqual(lab)
    const key = 'k'.repeat(40)
    const keys = { a: { publicKey: key, secretKey: key } }
    expect(readLabKeys(JSON.stringify(keys))).toEqual(keys)
  })

  it.each(['{"a":{"publicKey":"short","secretKey":"short"}}', '{"a":{}}', '[]', '{"A B":{}}', 'null'])(
    'are no keys: %s',
    (text) => {
      expect(readLabKeys(text)).toBeNull()
    },
  )
})
