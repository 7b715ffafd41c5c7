import { describe, expect, it } from 'vitest'
import type { OutboxOrder } from '#contract/worker/desk'
import type { Hasher } from '../../hashing/hasher.ts'
import type { HashJob, HashNews } from '../../hashing/messages.ts'
import type { Actions } from '../actions.ts'
import { createTrayStore, totalsOf, trayLimits, withNews } from './tray.ts'
import { makeTrayActions } from './tray-actions.ts'

type Answer = Awaited<ReturnType<Actions['ask']>>
const refused = (code: string): Answer => ({ ok: false, failure: { code, message: '' } }) as Answer

function table(answer: (documents: readonly OutboxOrder[]) => Answer = () => ({ ok: true, value: null }) as never) {
  const tray = createTrayStore()
  const jobs: HashJob[] = []
  const left: string[] = []
  const calls: (readonly OutboxOrder[])[] = []
  const hasher: Hasher = {
    add: (more) => void jobs.push(...more),
    leave: (keys) => void left.push(...keys),
    hold: () => undefined,
    close: () => undefined,
  }
  let key = 0
  const ask = (_: string, { documents }: { documents: readonly OutboxOrder[] }) => {
    calls.push(documents)
    return Promise.resolve(answer(documents))
  }
  const actions = makeTrayActions({
    stores: { tray },
    ask: ask as unknown as Actions['ask'],
    hasher,
    newKey: () => `key-${++key}`,
  })
  const news = (one: HashNews): void => tray.setState((state) => withNews(state, one))
  const hashAll = (): void =>
    news({ progress: null, finished: jobs.map(({ key: of }) => ({ key: of, sha256: 'ab'.repeat(32) })) })
  return { tray, actions, jobs, left, calls, news, hashAll }
}

const files = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const file = new Blob(['x'.repeat(index % 7)])
    return { file, name: `f${index}.txt` }
  })

describe('the table', () => {
  it('shows what is waiting, at work, done and unreadable', () => {
    const { tray, actions, news } = table()
    actions.addFiles(files(4))
    news({
      progress: { key: 'key-3', bytes: 1 },
      finished: [
        { key: 'key-1', sha256: '00'.repeat(32) },
        { key: 'key-2', sha256: null },
      ],
    })
    expect(tray.getState().items.map(({ state }) => state)).toEqual(['hashed', 'unreadable', 'hashing', 'waiting'])
    expect(totalsOf(tray.getState().items)).toEqual({
      all: 4,
      hashed: 1,
      unreadable: 1,
      open: 2,
      bytes: 5,
      bytesDone: 1,
    })
  })

  it('takes no more than fit, and says how many it left', () => {
    const { tray, actions, jobs } = table()
    actions.begin()
    actions.addFiles(files(trayLimits.itemsMax + 5))
    actions.addFiles(files(2))
    actions.leaveOut({ full: 1, unreadable: 2, deep: 3, interrupted: 1 })
    expect(tray.getState().items).toHaveLength(trayLimits.itemsMax)
    expect(tray.getState().leftOut).toEqual({ full: 8, unreadable: 2, deep: 3, interrupted: 1 })
    expect(jobs).toHaveLength(trayLimits.itemsMax)
  })

  it('lets go of what is taken off, also in the worker', () => {
    const { tray, actions, left } = table()
    actions.addFiles(files(2))
    actions.remove(['key-1'])
    expect(left).toEqual(['key-1'])
    expect(tray.getState().items.map(({ key }) => key)).toEqual(['key-2'])
  })
})

describe('registering', () => {
  it('hands over everything that has its hash, in calls of bounded length, and clears the table', async () => {
    const { tray, actions, calls, hashAll } = table()
    actions.addFiles(files(1_200))
    hashAll()
    actions.setRegistrant(' Ana ')
    await actions.register()
    expect(calls.map((documents) => documents.length)).toEqual([500, 500, 200])
    expect(calls[0]?.[0]).toMatchObject({ id: 'key-1', title: 'f0.txt', registrant: 'Ana' })
    expect(new Set(calls.flat().map(({ id }) => id)).size).toBe(1_200)
    expect(tray.getState()).toMatchObject({ items: [], sending: null, refusal: null })
  })

  it('keeps what was not handed over, under the same ids, so that a second try registers nothing twice', async () => {
    let isBusy = true
    const { tray, actions, calls, hashAll } = table((documents) =>
      isBusy && documents[0]?.id !== 'key-1' ? refused('busy') : ({ ok: true, value: null } as never),
    )
    actions.addFiles(files(700))
    hashAll()
    await actions.register()
    expect(tray.getState()).toMatchObject({ refusal: 'busy', sending: null })
    expect(tray.getState().items).toHaveLength(200)
    isBusy = false
    await actions.register()
    expect(tray.getState()).toMatchObject({ items: [], refusal: null })
    expect(calls[2]?.map(({ id }) => id)).toEqual(calls[1]?.map(({ id }) => id))
  })

  it('leaves the others on the table while they are hashed', async () => {
    const { tray, actions, news, calls } = table()
    actions.addFiles(files(2))
    news({ progress: null, finished: [{ key: 'key-2', sha256: '11'.repeat(32) }] })
    await actions.register()
    expect(calls.flat().map(({ id }) => id)).toEqual(['key-2'])
    expect(tray.getState().items.map(({ key, state }) => [key, state])).toEqual([['key-1', 'waiting']])
  })

  it('sends of a text the text, and of a file only its hash', async () => {
    const { actions, calls, hashAll } = table()
    actions.addText('Ata da reunião', 'Ata')
    actions.addFiles(files(1))
    hashAll()
    await actions.register()
    expect(calls.flat().map(({ document }) => document)).toEqual([
      { kind: 'text', text: 'Ata da reunião' },
      { kind: 'file', sha256: 'ab'.repeat(32), bytes: 0 },
    ])
  })
})
