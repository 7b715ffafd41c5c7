import { describe, expect, it } from 'vitest'
import { FakeBridge } from './bridge/fake/fake-bridge.ts'
import { FakeLab } from './bridge/fake/fake-lab.ts'
import { connect } from './connect.ts'
import { makeActions } from './stores/actions.ts'
import { leaderStory } from './stores/derived/leader-story.ts'
import { guessedSettings } from './stores/settings.ts'
import { createStores } from './stores/stores.ts'

const start = 1_000_000

function window() {
  const lab = new FakeLab(start)
  const settings = guessedSettings('en')
  const bridge = new FakeBridge(lab, settings)
  const stores = createStores({ settings, route: { page: 'overview', part: null, isAlone: false }, nowMs: start })
  let nowMs = start
  let beat: () => void = () => undefined
  const page = {
    nowMs: () => nowMs,
    every: (_: number, work: () => void) => {
      beat = work
      return () => undefined
    },
    hash: () => '#/lab/timeline',
    onHash: (work: () => void) => {
      work()
      return () => undefined
    },
  }
  const stop = connect(bridge, stores, page)
  const pass = (ms: number): void => {
    lab.advance(ms)
    nowMs += ms
    bridge.publish()
    beat()
  }
  const story = () => {
    const cluster = stores.topology.getState().snapshot?.clusters[0]
    return cluster ? leaderStory(cluster, stores.recording.getState().story, nowMs) : null
  }
  const actions = makeActions({ bridge, stores, nowMs: () => nowMs, setHash: () => undefined })
  return { lab, bridge, stores, pass, story, stop, actions }
}

describe('a connected window', () => {
  it('tells of an election, a killed leader, the next one, and the return', async () => {
    const { lab, pass, story, actions } = window()
    lab.startAll()
    pass(3_000)
    const first = story()
    expect(first).toMatchObject({ kind: 'leads', term: 1, why: { kind: 'start' }, missing: [] })
    const leader = first?.kind === 'leads' ? first.leader : ''
    await actions.inject({ kind: 'kill', node: leader as never }, 2_000)
    pass(1_500)
    expect(story()).toMatchObject({
      kind: 'leads',
      term: 2,
      why: { kind: 'silent', before: leader },
      missing: [leader],
    })
    pass(3_000)
    expect(story()).toMatchObject({ kind: 'leads', term: 2, missing: [] })
  })

  it('shows a refused call as a notice, and nothing when it is told to be quiet', async () => {
    const { stores, actions } = window()
    await actions.ask('nodes.tables', { nodeId: 'notary-1' })
    expect(stores.problems.getState().problems).toEqual([])
    await actions.call('nodes.tables', { nodeId: 'notary-1' })
    expect(stores.problems.getState().problems).toMatchObject([{ code: 'node-down', times: 1 }])
  })

  it('follows settings that another window changed, and the address', async () => {
    const { bridge, stores } = window()
    await bridge.call('settings.set', { language: 'pt-BR', theme: 'dark' })
    expect(stores.settings.getState().settings).toMatchObject({ language: 'pt-BR', theme: 'dark' })
    expect(stores.ui.getState().route).toEqual({ page: 'lab', part: 'timeline', isAlone: false })
  })

  it('hears nothing more once it is stopped', () => {
    const { lab, stores, pass, stop } = window()
    pass(200)
    stop()
    const before = stores.topology.getState()
    lab.startAll()
    pass(1_000)
    expect(stores.topology.getState()).toBe(before)
  })
})
