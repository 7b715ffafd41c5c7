import { describe, expect, it } from 'vitest'
import { windowLimits } from '#contract/window/contract'
import { ok } from '#kit/result'
import { makeHandlers } from './handlers.ts'
import { hostLimits } from './limits.ts'
import { type CallHandlers, serveCalls } from './serve-calls.ts'
import { defaultSettings } from './settings-file.ts'
import { memoryLab } from './testing/memory-lab.ts'

const info = {
  version: '0.1.0',
  shell: 'headless',
  notice: null,
  versions: { node: '24', electron: null, chrome: null },
  launcher: 'child-process',
  lab: 'lab',
  dataDir: '/nowhere',
} as const

function serve(replaced: Partial<CallHandlers> = {}) {
  const memory = memoryLab()
  const bugs: unknown[] = []
  const settings = { settings: defaultSettings('en'), change: () => ok(defaultSettings('en')) }
  const handlers = makeHandlers({
    lab: memory.lab,
    settings,
    info,
    resetLab: async () => ok(null),
    openWindow: () => ok(null),
  })
  const answer = serveCalls({ ...handlers, ...replaced }, (error) => bugs.push(error))
  const call = (name: unknown, payload: unknown = {}) => answer({ name, payload, isTrusted: true })
  return { ...memory, bugs, answer, call }
}

describe('calls from outside', () => {
  it('answers a call of the contract', async () => {
    expect(await serve().call('app.info')).toEqual({ ok: true, value: info })
  })

  it('refuses a stranger before it looks at anything else', async () => {
    const { answer, done } = serve()
    const result = await answer({ name: 'clusters.stop', payload: { clusterId: 'notary' }, isTrusted: false })
    expect(result).toMatchObject({ ok: false, failure: { code: 'not-trusted' } })
    expect(done).toEqual([])
  })

  it.each([['nodes.explode'], ['toString'], ['__proto__'], [''], [7], [null], [undefined]])(
    'knows no call named %j',
    async (name) => {
      expect(await serve().call(name)).toMatchObject({ ok: false, failure: { code: 'unknown-call' } })
    },
  )

  it.each([
    ['clusters.start', {}],
    ['clusters.start', { clusterId: '../../etc' }],
    ['clusters.start', { clusterId: 'notary', extra: 1 }],
    ['faults.inject', { fault: { kind: 'loss', from: 'n1', to: 'n2', percent: 101 }, forMs: null }],
    ['faults.inject', { fault: { kind: 'melt', node: 'n1' }, forMs: null }],
    ['nodes.rows', { nodeId: 'n1', table: 'log', cursor: null, limit: 1_000_000 }],
    ['nodes.handOver', { nodeId: 'n1' }],
    ['nodes.handOver', { nodeId: 'n1', to: '../n2' }],
    ['windows.open', { route: 'https://elsewhere.example' }],
    ['windows.open', { route: '//elsewhere' }],
    ['app.info', null],
    ['app.info', 12n],
  ])('refuses %s with a payload of the wrong shape: %o', async (name, payload) => {
    const { call, done } = serve()
    expect(await call(name, payload)).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
    expect(done).toEqual([])
  })

  it('refuses a payload over the limit without parsing it', async () => {
    const route = `/${'a'.repeat(windowLimits.callBytesMax)}`
    expect(await serve().call('windows.open', { route })).toMatchObject({ ok: false, failure: { code: 'too-large' } })
  })

  it('turns what a handler throws into an internal failure, and hands the bug on', async () => {
    const bug = new Error('secret path /home/x')
    const { call, bugs } = serve({
      'topology.get': () => {
        throw bug
      },
    })
    const result = await call('topology.get')
    expect(result).toEqual({ ok: false, failure: { code: 'internal', message: 'topology.get failed' } })
    expect(bugs).toEqual([bug])
  })

  it('refuses as busy past the limit of calls at work, and takes calls again when some are done', async () => {
    const releases: (() => void)[] = []
    const { call } = serve({
      'lab.reset': () => new Promise((resolve) => releases.push(() => resolve(ok(null)))),
    })
    const first = Array.from({ length: hostLimits.callsAtWorkMax }, () => call('lab.reset'))
    expect(await call('app.info')).toMatchObject({ ok: false, failure: { code: 'busy' } })
    for (const release of releases) release()
    await Promise.all(first)
    expect((await call('app.info')).ok).toBe(true)
  })
})

describe('what calls do', () => {
  it('notes an action of a person before it takes effect', async () => {
    const { call, done } = serve()
    await call('clusters.start', { clusterId: 'notary' })
    await call('faults.inject', { fault: { kind: 'pause', node: 'n1' }, forMs: 2000 })
    expect(done).toEqual([
      'note clusters.start notary',
      'start cluster notary',
      'note faults.inject pause n1 for 2000 ms',
      'inject pause 2000',
    ])
  })

  it('passes a wish to hand over on to the node that is asked, and gives its refusal as it is', async () => {
    const { call, done } = serve()
    const result = await call('nodes.handOver', { nodeId: 'n1', to: 'n2' })
    expect(result).toMatchObject({ ok: false, failure: { code: 'node-down' } })
    expect(done).toEqual(['note nodes.handOver n1 > n2', 'hand over n1 > n2'])
  })

  it('notes nothing for a look', async () => {
    const { call, done } = serve()
    await call('topology.get')
    await call('nodes.tables', { nodeId: 'n1' })
    await call('recording.page', { before: null, limit: 10, nodeId: null, withMessages: true })
    expect(done).toEqual([])
  })

  it('gives the failure of the lab as it is', async () => {
    const result = await serve().call('nodes.stop', { nodeId: 'n9' })
    expect(result).toMatchObject({ ok: false, failure: { code: 'unknown-node' } })
  })
})
