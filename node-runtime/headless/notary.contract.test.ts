import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import type { OutboxItem } from '#contract/worker/desk'
import type { NodeRequest } from '#contract/worker/protocol'
import { claimLab } from '#host/control-server'
import { openHost } from '#host/host'
import { labDirIn } from '#host/places'
import { defaultSettings, SettingsFile } from '#host/settings-file'
import { type NodeId, nodeId } from '#kit/ids'
import { fail, ok } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { info } from '../host/testing/app-info.ts'
import { memoryLab } from '../host/testing/memory-lab.ts'
import { record } from '../roles/desk/testing/fake-notary.ts'
import { runCli } from './cli.ts'
import { type Answer, nothing, readyDesk } from './testing/ready-desk.ts'

let stops: StopStack
let dataDir: string
beforeEach(() => {
  stops = new StopStack()
  dataDir = mkdtempSync(join(tmpdir(), 'cli-notary-'))
  stops.add(() => rmSync(dataDir, { recursive: true }))
  vi.stubEnv('COLMEIA_HOME', dataDir)
  stops.add(() => void vi.unstubAllEnvs())
})
afterEach(() => stops.run())

/** A shell that runs the lab, whose desk says what the test wants. */
async function runningLab(answer: Answer, views: () => readonly NodeCard[] = () => []) {
  const { lab, done, changeTopology } = memoryLab()
  const asked: { readonly node: NodeId; readonly request: NodeRequest }[] = []
  const ask = async (node: NodeId, request: NodeRequest) => {
    asked.push({ node, request })
    const result = request.kind === 'desk' ? answer(request.call, node) : ok(null)
    if (request.kind === 'examine') changeTopology()
    return result as never // the shapes are those of the test
  }
  const topology = () => {
    const shown = lab.topology()
    return { ...shown, clusters: shown.clusters.map((cluster) => ({ ...cluster, nodes: views() })) }
  }
  const settings = new SettingsFile(join(dataDir, 'settings.json'), defaultSettings('en'))
  const host = openHost({
    lab: { ...lab, ask, topology },
    settings,
    info,
    openWindow: () => ok(null),
    onBug: () => undefined,
  })
  stops.add(host.stop)
  const claimed = await claimLab(labDirIn(dataDir, 'lab'))
  if (!claimed.ok) throw new Error(claimed.failure.code)
  stops.add(claimed.value.close)
  claimed.value.serve(host)
  return { asked, done }
}

const never = new Promise<void>(() => undefined)

async function colmeia(...args: readonly string[]) {
  let out = ''
  let err = ''
  const streams = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  const parts = {
    args,
    env: {},
    streams,
    builtDir: join(dataDir, 'out', 'headless'),
    interrupted: args.includes('examine') ? never : Promise.resolve(),
  }
  return { code: await runCli(parts), out, err }
}

function running(pid: number) {
  return { kind: 'running', sinceWallMs: 0, pid } as const
}

describe('colmeia notary register', () => {
  it('hashes files and folders, registers them in order and says where each stands', async () => {
    const { asked, done } = await runningLab(readyDesk())
    mkdirSync(join(dataDir, 'folder', 'deep'), { recursive: true })
    writeFileSync(join(dataDir, 'abc.txt'), 'abc')
    writeFileSync(join(dataDir, 'folder', 'known.txt'), 'k')
    writeFileSync(join(dataDir, 'folder', 'deep', 'empty.txt'), '')
    const said = await colmeia(
      'notary',
      'register',
      join(dataDir, 'abc.txt'),
      join(dataDir, 'folder'),
      '--registrant',
      'Eva',
    )
    expect(said.err).toBe('')
    expect(said.code).toBe(0)
    const lines = said.out.trimEnd().split('\n')
    expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      ' index title',
      'registered 1 abc.txt',
      'registered 2 empty.txt',
      'was registered before 3 on 2023-11-14T22:13:20.000Z by Ana known.txt',
    ])
    const [first] = asked.flatMap(({ request }) => (request.kind === 'desk' ? [request.call] : []))
    expect(first).toMatchObject({
      name: 'notary.register',
      input: {
        documents: [
          {
            document: {
              sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
              bytes: 3,
            },
            title: 'abc.txt',
            registrant: 'Eva',
          },
          { document: { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', bytes: 0 } },
          { title: 'known.txt' },
        ],
      },
    })
    expect(done).toContain('note notary.register 3')
  })

  it('takes many files in several calls, and finds all of them again', async () => {
    const { asked } = await runningLab(readyDesk())
    const folder = join(dataDir, 'many')
    mkdirSync(folder)
    for (let file = 0; file < 700; file += 1)
      writeFileSync(join(folder, `${'long name '.repeat(20)}${file}`), `${file}`)
    const said = await colmeia('notary', 'register', folder, '--json')
    expect(JSON.parse(said.out).value).toHaveLength(700)
    const calls = asked.flatMap(({ request }) =>
      request.kind === 'desk' && request.call.name === 'notary.register' ? [request.call.input.documents.length] : [],
    )
    expect(calls.length).toBeGreaterThan(1)
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(700)
  })

  it('ends with 1 when one was refused', async () => {
    const ready = readyDesk()
    const refusing: Answer = (call, node) => {
      const result = ready(call, node)
      if (call.name !== 'notary.outbox' || !result.ok) return result
      const page = result.value as { readonly items: readonly OutboxItem[] } // what the desk above says
      return ok({
        ...page,
        items: page.items.map((item) => ({ ...item, state: 'refused', whyRefused: 'too-large', record: null })),
      })
    }
    await runningLab(refusing)
    writeFileSync(join(dataDir, 'a'), 'a')
    const said = await colmeia('notary', 'register', join(dataDir, 'a'))
    expect([said.code, said.out.includes('too-large')]).toEqual([1, true])
  })

  it('does not end well when one of them is not there to be found any more', async () => {
    const ready = readyDesk()
    const cleared: Answer = (call, node) => {
      const result = ready(call, node)
      if (call.name !== 'notary.outbox' || !result.ok) return result
      const page = result.value as { readonly items: readonly OutboxItem[] } // what the desk above says
      return ok({ ...page, items: page.items.filter(({ order }) => order.title !== 'b') })
    }
    await runningLab(cleared)
    for (const name of ['a', 'b']) writeFileSync(join(dataDir, name), name)
    const said = await colmeia('notary', 'register', join(dataDir, 'a'), join(dataDir, 'b'))
    expect([said.code, said.out.includes('registered  1')]).toEqual([1, true])
    expect(said.err).toContain('1 documents were taken out')
  })

  it('says that it waits no more, and that the desk goes on', async () => {
    const page = { items: [], next: null, counts: { ...nothing, waiting: 1 } }
    await runningLab(({ name }) => ok(name === 'notary.outbox' ? page : nothing))
    writeFileSync(join(dataDir, 'a'), 'a')
    const said = await colmeia('notary', 'register', join(dataDir, 'a'))
    expect([said.code, said.err.includes('1 documents stay in the outbox')]).toEqual([1, true])
  })

  it.skipIf(process.platform === 'win32')('sends no title and no name that the notary would refuse', async () => {
    const { asked } = await runningLab(readyDesk())
    mkdirSync(join(dataDir, 'folder'))
    writeFileSync(join(dataDir, 'folder', `😀${'a'.repeat(195)}.txt`), '1')
    writeFileSync(join(dataDir, 'folder', 'two\nlines\u001b[2J.txt'), '2')
    expect((await colmeia('notary', 'register', join(dataDir, 'folder'))).code).toBe(0)
    const titles = asked.flatMap(({ request }) =>
      request.kind === 'desk' && request.call.name === 'notary.register'
        ? request.call.input.documents.map(({ title }) => title)
        : [],
    )
    expect(titles).toEqual(['two lines [2J.txt', expect.stringMatching(/^😀a+…a+\.txt$/u)])
    const before = asked.length
    const said = await colmeia('notary', 'register', join(dataDir, 'folder'), '--registrant', '漢'.repeat(90))
    expect([said.code, said.err.includes('--registrant'), asked.length]).toEqual([2, true, before])
  })

  it.skipIf(process.platform === 'win32')('leaves out what is in a folder under no name, and says so', async () => {
    const { asked } = await runningLab(readyDesk())
    const folder = join(dataDir, 'folder')
    mkdirSync(join(folder, 'deep'), { recursive: true })
    const unnamed = (path: string): Buffer => Buffer.from(path, 'latin1')
    writeFileSync(unnamed(`${folder}/bad\xff name.txt`), '1')
    mkdirSync(unnamed(`${folder}/deep/bad\xff`))
    writeFileSync(join(folder, 'deep', 'good.txt'), '2')
    writeFileSync(join(folder, 'good.txt'), '3')
    const said = await colmeia('notary', 'register', folder)
    expect(said.code).toBe(1)
    expect(said.err).toContain('folder/bad\ufffd name.txt')
    expect(said.out).toContain('2 files or folders could not be read and are left out')
    expect(said.out.match(/registered .* good\.txt/g)).toHaveLength(2)
    expect(
      asked.filter(({ request }) => request.kind === 'desk' && request.call.name === 'notary.register'),
    ).toHaveLength(1)
  })

  it('names a file that is not there, before anything is registered', async () => {
    const { asked } = await runningLab(readyDesk())
    const said = await colmeia('notary', 'register', join(dataDir, 'nowhere'))
    expect([said.code, said.err.includes('nowhere'), asked]).toEqual([1, true, []])
  })
})

describe('colmeia notary', () => {
  it('passes on what is done to one peer', async () => {
    const { asked, done } = await runningLab(() => ok(null))
    expect((await colmeia('notary', 'tamper', 'notary-1', '7')).out).toBe('Done.\n')
    expect((await colmeia('notary', 'repair', 'notary-1')).code).toBe(0)
    expect(asked).toEqual([
      { node: nodeId('notary-1'), request: { kind: 'tamper', index: 7 } },
      { node: nodeId('notary-1'), request: { kind: 'repair' } },
    ])
    expect(done).toEqual(['note notary.tamper notary-1 7', 'note notary.repair notary-1'])
  })

  it('does not say of keys that nobody has told yet that they are not approved', async () => {
    const told = { origin: 'o', size: 1, witnessedSize: 1, witnesses: [], isApproved: false, peers: [], counts: {} }
    await runningLab(() => ok({ ...told, policy: null }))
    expect((await colmeia('notary', 'status')).out).toContain('No majority of the peers has said yet')
  })

  it('says in which dialect the peers answer, and chooses another', async () => {
    const { done } = await runningLab(() => ok(null))
    expect((await colmeia('notary', 'dialect')).out).toBe('B\n')
    expect((await colmeia('notary', 'dialect', 'a')).out).toBe('Done.\n')
    expect(done).toEqual(['note clusters.speak notary A', 'speak notary A'])
  })

  it('says how many peers found the notary, and chooses another number', async () => {
    const { done } = await runningLab(() => ok(null))
    expect((await colmeia('notary', 'peers')).out).toBe('0; another number can be chosen until one of them has run.\n')
    expect((await colmeia('notary', 'peers', '5')).out).toBe('Done.\n')
    expect(done).toEqual(['note clusters.found notary 5', 'found notary 5'])
  })

  it('lists records, and says how to go on', async () => {
    const records = [record(8, 'a'), record(7, 'b')]
    const { asked } = await runningLab(() => ok({ records, next: 7, size: 9, from: 'notary-1', lagEntries: 0 }))
    const said = await colmeia('notary', 'list', 'two', 'words', '--limit', '2')
    expect(said.out).toContain('8      2023-11-14T22:13:20.000Z  t')
    expect(said.out).toContain('--before 7')
    expect(asked[0]?.request).toMatchObject({ call: { input: { search: 'two words', limit: 2, before: null } } })
  })

  it('marks in a chain what is not what it was, and what does not follow', async () => {
    const sound = { ...record(0, 'a'), hash: 'c'.repeat(64), computedHash: 'c'.repeat(64) }
    const changed = { ...sound, index: 1, previousHash: sound.hash, computedHash: 'd'.repeat(64) }
    const loose = { ...sound, index: 2, previousHash: 'e'.repeat(64) }
    const texts = { ...sound, index: 3, previousHash: loose.hash }
    const breaks = [
      { index: 1, check: 'block-hash' },
      { index: 2, check: 'chain' },
      { index: 3, check: 'tree' },
      { index: 4, check: 'unreadable' },
    ]
    const records = [sound, changed, loose, texts]
    await runningLab(() => ok({ records, breaks, broken: breaks[0], size: 9 }))
    const { out } = await colmeia('notary', 'chain', 'notary-1')
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => /[≠↯] [a-z-]+/.exec(line)?.[0] ?? ''),
    ).toEqual(['', '', '≠ block-hash', '↯ chain', '≠ tree', '≠ unreadable', '', ''])
    expect(out).toContain('notary-1: record 1 is not what was registered; found by: block-hash.')
    expect(out).toContain('proves nothing')
  })

  it('shows a receipt, or saves it, but never over a file that is there', async () => {
    await runningLab(() => ok({ receipt: 'c2sp.org/tlog-proof@v1\n', fileName: 'x.1.tlog-proof' }))
    expect((await colmeia('notary', 'receipt', '1')).out).toBe('c2sp.org/tlog-proof@v1\n')
    const path = join(dataDir, 'r')
    expect((await colmeia('notary', 'receipt', '1', '--out', path)).out).toBe(`Saved: ${path}\n`)
    expect(readFileSync(path, 'utf8')).toBe('c2sp.org/tlog-proof@v1\n')
    expect((await colmeia('notary', 'receipt', '1', '--out', path)).code).toBe(1)
  })

  it('shows the policy of the notary, or saves it, but not before there is one', async () => {
    const policy = 'log notary+01234567+AQ==\nquorum none\n'
    let told: string | null = null
    await runningLab(() => ok({ policy: told, peers: [] }))
    expect(await colmeia('notary', 'policy')).toMatchObject({ code: 1, err: expect.stringContaining('not-ready') })
    told = policy
    expect((await colmeia('notary', 'policy')).out).toBe(policy)
    const path = join(dataDir, 'p')
    expect((await colmeia('notary', 'policy', '--out', path)).out).toBe(`Saved: ${path}\n`)
    expect(readFileSync(path, 'utf8')).toBe(policy)
    expect((await colmeia('notary', 'policy', '--out', path)).code).toBe(1)
  })

  it('saves a certificate in the language of the command line', async () => {
    const { asked } = await runningLab(() => ok({ pdf: Buffer.from('%PDF').toString('base64'), fileName: 'x.1.pdf' }))
    const path = join(dataDir, 'c.pdf')
    expect((await colmeia('notary', 'certificate', '1', '--out', path, '--lang', 'pt')).out).toBe(`Salvo: ${path}\n`)
    expect(readFileSync(path, 'utf8')).toBe('%PDF')
    expect(asked[0]?.request).toMatchObject({ call: { input: { index: 1, language: 'pt-BR' } } })
  })

  it.each([
    [{ kind: 'sound', size: 9, wallMs: 2 }, 0, 'all 9 records are sound'],
    [
      { kind: 'broken', index: 4, check: 'chain', wallMs: 2, isHealing: false },
      1,
      'record 4 is not what was registered',
    ],
    [{ kind: 'broken', index: 4, check: 'tree', wallMs: 2, isHealing: false }, 1, 'notary repair notary-1'],
    [{ kind: 'broken', index: 4, check: 'tree', wallMs: 2, isHealing: true }, 1, 'by itself'],
  ] as const)(
    'waits for what an examination finds, and not for what the last one found: %o',
    async (found, code, words) => {
      const old = { kind: 'sound', size: 1, wallMs: 1 } as const
      let asked: readonly { readonly request: NodeRequest }[] = []
      const views = () => {
        const examination = asked.some(({ request }) => request.kind === 'examine') ? found : old
        const notary = { size: 9, head: '', witnessedSize: 0, examination }
        return [{ id: nodeId('notary-1'), state: running(1), view: { notary } } as NodeCard] // nothing else is read here
      }
      ;({ asked } = await runningLab(() => ok(null), views))
      const said = await colmeia('notary', 'examine', 'notary-1')
      expect([said.code, said.out.includes(words)]).toEqual([code, true])
    },
  )

  it.each([[{ kind: 'killed' }], [running(2)]])(
    'does not wait for the examination of a node that ended meanwhile: %o',
    async (state) => {
      let asked: readonly { readonly request: NodeRequest }[] = []
      const views = () => {
        const isAsked = asked.some(({ request }) => request.kind === 'examine')
        const notary = { size: 9, head: '', witnessedSize: 0, examination: { kind: 'none' } }
        return [{ id: nodeId('notary-1'), state: isAsked ? state : running(1), view: { notary } } as NodeCard]
      }
      ;({ asked } = await runningLab(() => ok(null), views))
      const said = await colmeia('notary', 'examine', 'notary-1')
      expect([said.code, said.err.includes('node-down')]).toEqual([1, true])
    },
  )

  it('passes on why something is not to be had', async () => {
    await runningLab(() => fail('not-ready', 'wait'))
    const said = await colmeia('notary', 'receipt', '1')
    expect([said.code, said.err.includes('not-ready')]).toEqual([1, true])
  })

  it.each([
    ['notary'],
    ['notary', 'cook'],
    ['notary', 'register'],
    ['notary', 'dialect', 'C'],
    ['notary', 'peers', '8'],
    ['notary', 'peers', '0'],
    ['notary', 'receipt', 'first'],
    ['notary', 'receipt', '1', '--registrant', 'x'],
    ['notary', 'chain'],
    ['notary', 'chain', 'n1', '--limit', '0'],
    ['notary', 'list', '--before', 'x'],
    ['notary', 'tamper', 'n1'],
    ['notary', 'repair'],
    ['notary', 'examine'],
    ['notary', 'certificate'],
    ['notary', 'policy', '1'],
  ])('%s %s %s is not understood', async (...words) => {
    const said = await colmeia(...words)
    expect([said.code, said.out]).toEqual([2, ''])
    expect(said.err).toContain('colmeia --help')
  })
})
