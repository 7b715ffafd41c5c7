import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodePlan } from '#contract/worker/protocol'
import { nodeId } from '#kit/ids'
import { virtualPlan } from '#roles/testing/virtual-hosts'
import { NodeStore } from './node-store.ts'

let dataDir: string
let file: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'colmeia-node-store-'))
  file = join(dataDir, 'node.sqlite')
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const spoilt = 'this was a database once'.repeat(100)

function member(): NodePlan {
  const id = nodeId('a')
  return { ...virtualPlan(id, [id]), dataDir }
}

function loner(): NodePlan {
  return { ...member(), group: null }
}

function desk(): NodePlan {
  return { ...loner(), role: 'desk' }
}

function opened(plan: NodePlan): NodeStore {
  const store = NodeStore.open(plan)
  if (!store.ok) throw new Error(store.failure.message)
  return store.value
}

function put(store: NodeStore): void {
  store.current.transaction((tx) => tx.put('raft', 'hard-state', new Uint8Array([1])))
}

function isEmpty(store: NodeStore): boolean {
  return store.current.view().get('raft', 'hard-state') === null
}

describe('the file of a node', () => {
  it('is kept from life to life', () => {
    const first = opened(member())
    put(first)
    first.close()
    const second = opened(member())
    expect([isEmpty(second), second.history]).toEqual([false, 'kept'])
    second.close()
  })

  it('that is damaged is put aside by a member of a group, which remembers that there was one', () => {
    writeFileSync(file, spoilt)
    const store = opened(member())
    expect([isEmpty(store), store.history]).toEqual([true, 'damaged'])
    expect(readFileSync(`${file}.damaged-1`, 'utf8')).toBe(spoilt)
    store.close()
    const next = opened(member())
    expect(next.history).toBe('damaged')
    next.close()
  })

  it('that is damaged stays where it is for everybody else, and is refused', () => {
    writeFileSync(file, spoilt)
    expect(NodeStore.open(loner())).toMatchObject({ ok: false, failure: { code: 'store-damaged' } })
    expect(readFileSync(file, 'utf8')).toBe(spoilt)
  })

  it('that is damaged is put aside by a desk, which tells in that life where it lies', () => {
    writeFileSync(file, spoilt)
    const store = opened(desk())
    expect([isEmpty(store), store.history, store.lost]).toEqual([true, 'damaged', `${file}.damaged-1`])
    expect(readFileSync(`${file}.damaged-1`, 'utf8')).toBe(spoilt)
    put(store)
    store.close()
    const next = opened(desk())
    expect([isEmpty(next), next.lost]).toEqual([false, null])
    next.condemn()
    const last = opened(desk())
    expect([isEmpty(last), last.lost]).toEqual([true, `${file}.damaged-2`])
    last.close()
  })

  it('that a member puts aside is lost to nobody: the others have what was in it', () => {
    writeFileSync(file, spoilt)
    const store = opened(member())
    expect(store.lost).toBeNull()
    store.close()
  })

  it('that holds no state of the node’s is put aside too, by a member alone', () => {
    const store = opened(member())
    put(store)
    expect(store.beginAnew()?.ok).toBe(true)
    expect([isEmpty(store), store.history]).toEqual([true, 'damaged'])
    put(store)
    store.close()
    const other = opened(loner())
    expect(other.beginAnew()).toBeNull()
    expect(isEmpty(other)).toBe(false)
    other.close()
  })

  it('of which the process dies is gone when its next life looks, unless nobody else has what was in it', () => {
    const store = opened(member())
    put(store)
    store.condemn()
    expect(existsSync(file)).toBe(false)
    const next = opened(member())
    expect([isEmpty(next), next.history]).toEqual([true, 'damaged'])
    put(next)
    next.close()
    const other = opened(loner())
    other.condemn()
    expect(isEmpty(other)).toBe(false)
    other.close()
  })
})
