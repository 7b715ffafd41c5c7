import { beforeEach, describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import type { Store, StoreTx } from '#ports/store'
import { bytes, failureOf } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { readInForce } from './generations.ts'
import { logKey } from './log-rows.ts'
import { type Founding, foundReplica, restoreSaved, saveBase, saveHardState } from './saved-state.ts'
import { entryAt } from './testing/entries.ts'

const [n1, n2, n3] = [nodeId('n1'), nodeId('n2'), nodeId('n3')]
const founding: Founding = { self: n1, incarnation: 1, founders: [n2, n1, n3] }

let store: Store

beforeEach(() => {
  store = new VirtualStore(new VirtualDisk())
})

const write = (work: (tx: StoreTx) => void): void => store.transaction(work)
const found = (how: Partial<Founding> = {}): void => write((tx) => foundReplica(tx, { ...founding, ...how }))
const restored = () => restoreSaved(store.view())

describe('what a replica has promised and what it is', () => {
  it('is nothing on a new disk', () => {
    expect(restored()).toBe('empty')
  })

  it('begins with its founders as voters, all of the same incarnation, before the first entry', () => {
    found()
    const voter = { incarnation: 1, isVoter: true }
    const base = {
      end: { index: 0, term: 0 },
      membership: [n1, n2, n3].map((node) => ({ node, ...voter })),
      atMs: 0,
      lamport: 0,
    }
    expect(restored()).toEqual({ hard: { term: 0, votedFor: null }, incarnation: 1, base })
    expect(readInForce(store.view())).toEqual({ generation: 'a', base })
  })

  it.each<[string, Partial<Founding>]>([
    ['whoever is no founder', { self: nodeId('n4') }],
    ['a founder that has lost its disk', { incarnation: 77 }],
  ])('knows of no members at %s', (_, how) => {
    found(how)
    const state = restored()
    expect(state !== 'empty' && state.base.membership).toEqual([])
    expect(state !== 'empty' && state.incarnation).toBe(how.incarnation ?? 1)
  })

  it.each([
    { term: 0, votedFor: null },
    { term: 7, votedFor: n2 },
  ])('is found again as it was saved: %o', (hard) => {
    found()
    const base = { end: { index: 9, term: 3 }, membership: [], atMs: 1234.5, lamport: 77 }
    write((tx) => {
      saveHardState(tx, hard)
      saveBase(tx, base)
    })
    expect(restored()).toEqual({ hard, incarnation: 1, base })
  })

  it('keeps a vote that was given before there was a group', () => {
    write((tx) => saveHardState(tx, { term: 3, votedFor: n2 }))
    expect(restored()).toBe('empty')
    found()
    expect(restored()).toMatchObject({ hard: { term: 3, votedFor: n2 } })
  })

  it.each(['', '7', '[]', '{"term":1}', '{"term":-1,"votedFor":null}', '{"term":1,"votedFor":"No Such Id"}', 'null'])(
    'is refused when its vote reads %s: a vote that cannot be read is not no vote',
    (text) => {
      found()
      write((tx) => tx.put('raft', 'hard-state', bytes(text)))
      expect(failureOf(restored)).toBe('store-damaged')
    },
  )

  it.each<[string, string]>([
    ['identity', '{"incarnation":"1"}'],
    ['base', '{"index":1,"term":1}'],
    ['base', '{"index":1,"term":1,"atMs":0,"lamport":0,"membership":[{"node":"n1"}]}'],
    ['base', '{"index":1.5,"term":1,"atMs":0,"lamport":0,"membership":[]}'],
  ])('is refused when its %s reads %s', (key, text) => {
    found()
    write((tx) => tx.put('raft', key, bytes(text)))
    expect(failureOf(restored)).toBe('store-damaged')
  })

  it.each<[string, (tx: StoreTx) => void]>([
    ['who it is', (tx) => tx.delete('raft', 'identity')],
    ['what its log begins after', (tx) => tx.delete('raft', 'base')],
  ])('is damaged, and not new, when it does not know any more %s', (_, lose) => {
    found()
    write(lose)
    expect(failureOf(restored)).toBe('store-damaged')
  })

  it('is damaged, and not new, when only a log is left of it', () => {
    write((tx) => tx.put('log', logKey(1), entryAt(1).bytes))
    expect(failureOf(restored)).toBe('store-damaged')
  })
})
