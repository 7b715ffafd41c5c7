import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, failureOf, read } from '#ports/testing/store-home'
import { openStore } from './index.ts'
import { latestVersion, migrate } from './migrations.ts'
import { fillUp } from './testing/fill-up.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

const writer = fileURLToPath(new URL('./testing/writer.ts', import.meta.url))
const opener = fileURLToPath(new URL('./testing/opener.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
/** Who owns nothing; a test that runs as root must become somebody to be refused anything. */
const nobody = 65_534

let place: StorePlace

beforeEach(() => {
  place = storePlace()
})

afterEach(() => place.remove())

describe('a store that cannot be trusted is refused and left as it was', () => {
  it('when its pages are damaged', () => {
    fill()
    damage(place.path, 4_096 + 8, 64)
    expectRefusal('store-damaged')
  })

  it('when its pages are damaged and a killed writer left a log beside it', async () => {
    fill()
    await leaveLog()
    expect([...place.files().keys()]).toContain('node.sqlite-wal')
    // A page that the log does not hold anew: what the log holds, SQLite would not read from here.
    damage(place.path, 4 * 4_096, 64)
    expectRefusal('store-damaged')
  })

  it('when it is cut short', () => {
    fill()
    truncateSync(place.path, 6_000)
    expectRefusal('store-damaged')
  })

  it('when it is no database at all', () => {
    writeFileSync(place.path, 'a shopping list, '.repeat(500))
    expectRefusal('store-damaged')
  })

  it('when it is the database of another program', () => {
    const foreign = new Database(place.path)
    foreign.exec('CREATE TABLE other (id INTEGER)')
    foreign.close()
    expectRefusal('store-damaged')
  })

  it('when only its log is left', async () => {
    await leaveLog()
    rmSync(place.path)
    expectRefusal('store-damaged')
  })

  it('when a newer version wrote it', () => {
    fill()
    const file = new Database(place.path)
    file.pragma(`user_version = ${latestVersion() + 1}`)
    file.close()
    expectRefusal('store-newer')
  })

  it('while another process has it open', () => {
    const first = place.open()
    const second = openStore({ path: place.path })
    expect(second).toMatchObject({ ok: false, failure: { code: 'lab-in-use' } })
    first.transaction((tx) => tx.put('log', 'k', bytes('the first is not disturbed')))
    first.close()
  })

  it('when its path is a folder', () => {
    mkdirSync(place.path)
    expect(openStore({ path: place.path })).toMatchObject({ ok: false, failure: { code: 'store-damaged' } })
  })
})

describe('a store that was left in the middle of something', () => {
  it('begins anew after a crash during its very first open', () => {
    writeFileSync(place.path, '')
    place.open().close()
    for (const name of place.files().keys()) rmSync(join(place.folder, name))
    const unborn = new Database(place.path)
    unborn.pragma('journal_mode = WAL')
    unborn.close()
    const store = place.open()
    store.transaction((tx) => tx.put('log', 'k', bytes('x')))
    expect(read(store.view(), 'log')).toEqual([['k', 'x']])
    store.close()
  })

  it('removes what a kill during its examination left behind', () => {
    fill()
    mkdirSync(join(place.folder, '.examine-left'))
    writeFileSync(join(place.folder, '.examine-left', 'node.sqlite'), 'x')
    place.open().close()
    expect([...place.files().keys()]).toEqual(['node.sqlite', 'node.sqlite-mark'])
  })
})

describe('a row that is not as it was written', () => {
  it('is refused by name when it is read, and the rest can be read', () => {
    fill()
    damageEach(place.path, 'value of k7 ')
    const store = place.open()
    expect(failureOf(() => store.view().get('log', 'k7'))).toBe('store-damaged')
    expect(() => store.view().get('log', 'k7')).toThrow(/\bk7\b.*\blog\b/)
    expect(failureOf(() => store.view().scan('log'))).toBe('store-damaged')
    expect(failureOf(() => store.transaction((tx) => tx.get('log', 'k7')))).toBe('store-damaged')
    expect(store.view().get('log', 'k8')).not.toBeNull()
    expect(store.queries.rows('log', { cursor: 'k69', limit: 1 })).toMatchObject({ failure: { code: 'store-damaged' } })
    store.close()
  })

  it.each([
    ['under another key', "UPDATE store_row SET key = 'moved' WHERE key = 'k7'", 'log', 'moved'],
    ['in another space', "UPDATE store_row SET space = 'other' WHERE key = 'k7'", 'other', 'k7'],
  ])('is found out %s as well', (_, sql, space, key) => {
    fill()
    const file = new Database(place.path)
    file.exec(sql)
    file.close()
    const store = place.open()
    expect(failureOf(() => store.view().get(space, key))).toBe('store-damaged')
    store.close()
  })
})

describe('migrations', () => {
  const first = { version: 1, sql: 'CREATE TABLE one (id INTEGER)' }
  const second = { version: 2, sql: 'ALTER TABLE one ADD COLUMN name TEXT' }

  it('go forward from where a file is, each once', () => {
    const database = new Database(place.path)
    migrate(database, [first])
    migrate(database, [first, second])
    migrate(database, [first, second])
    expect(database.pragma('user_version', { simple: true })).toBe(2)
    expect(database.pragma('table_info(one)')).toHaveLength(2)
    database.close()
  })

  it('that break leave the file at the version before', () => {
    const database = new Database(place.path)
    const broken = { version: 2, sql: 'ALTER TABLE one ADD COLUMN name TEXT; NOT SQL AT ALL' }
    expect(() => migrate(database, [first, broken])).toThrow()
    expect(database.pragma('user_version', { simple: true })).toBe(1)
    expect(database.pragma('table_info(one)')).toHaveLength(1)
    database.close()
  })

  it('are numbered upwards without a gap', async () => {
    const { migrations } = await import('./migrations.ts')
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
  })
})

describe('a machine that does not let us', () => {
  it('refuses without permission for the folder', () => {
    chmodSync(place.folder, 0o500)
    expect(openedBySomebody(place.path)).toMatchObject({ ok: false, failure: { code: 'no-permission' } })
    chmodSync(place.folder, 0o700)
  })

  it('refuses without permission for the file', () => {
    fill()
    chmodSync(place.path, 0o400)
    if (isRoot) chmodSync(place.folder, 0o777)
    const before = place.files()
    expect(openedBySomebody(place.path)).toMatchObject({ ok: false, failure: { code: 'no-permission' } })
    expect(place.files()).toEqual(before)
  })

  it('opens for somebody who owns the folder, so that the two tests above are about permission', () => {
    if (isRoot) chownSync(place.folder, nobody, nobody)
    expect(openedBySomebody(place.path)).toEqual({ ok: true })
  })

  it('fails with disk-full on a disk that is full, has changed nothing, and goes on when there is room', ({ skip }) => {
    const disk = smallDisk(512)
    if (disk === null) return skip('no small disk can be mounted here: only the limit on pages stands for a full disk')
    try {
      fullDiskStory(disk)
    } finally {
      unmount(disk)
    }
  })

  it('refuses to open with disk-full when there is no room for a store', ({ skip }) => {
    const disk = smallDisk(16)
    if (disk === null) return skip('no small disk can be mounted here')
    try {
      writeFileSync(join(disk, 'ballast'), new Uint8Array(8 * 1_024))
      expect(openStore({ path: join(disk, 'node.sqlite') })).toMatchObject({
        ok: false,
        failure: { code: 'disk-full' },
      })
    } finally {
      unmount(disk)
    }
  })
})

function fullDiskStory(disk: string): void {
  const path = join(disk, 'node.sqlite')
  const open = () => {
    const opened = openStore({ path })
    if (!opened.ok) throw new Error(opened.failure.message)
    return opened.value
  }
  writeFileSync(join(disk, 'ballast'), new Uint8Array(200_000))
  const store = open()
  const stored = fillUp(store, 10_000)
  expect(store.view().scan('log')).toHaveLength(stored)
  rmSync(join(disk, 'ballast'))
  store.transaction((tx) => tx.put('log', 'room-again', bytes('x')))
  expect(store.view().scan('log')).toHaveLength(stored + 1)
  store.close()
  const again = open()
  expect(again.view().scan('log')).toHaveLength(stored + 1)
  again.close()
}

function fill(): void {
  const store = place.open()
  store.transaction((tx) => {
    for (let count = 0; count < 200; count += 1)
      tx.put('log', `k${count}`, bytes(`value of k${count} ${'.'.repeat(80)}`))
  })
  store.close()
}

/** A killed writer leaves a store whose newest rows are only in the log. */
async function leaveLog(): Promise<void> {
  const child = spawn(process.execPath, [writer, place.path, '1000000', '1'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.once('data', () => child.kill('SIGKILL'))
  await once(child, 'exit')
}

function damage(path: string, at: number, length: number): void {
  const content = readFileSync(path)
  for (let offset = at; offset < at + length; offset += 1) content[offset] = (content[offset] ?? 0) ^ 0xff
  writeFileSync(path, content)
}

/** SQLite leaves old copies of a row in the free parts of its pages, so every one of them is damaged. */
function damageEach(path: string, text: string): void {
  const content = readFileSync(path)
  const places: number[] = []
  for (let at = content.indexOf(text); at !== -1; at = content.indexOf(text, at + 1)) places.push(at)
  expect(places).not.toEqual([])
  for (const at of places) damage(path, at, 5)
}

function expectRefusal(code: string): void {
  const before = place.files()
  const opened = openStore({ path: place.path })
  expect(opened).toMatchObject({ ok: false, failure: { code } })
  expect(opened.ok ? '' : opened.failure.message).toContain(place.path)
  expect(place.files()).toEqual(before)
}

function openedBySomebody(path: string): unknown {
  const options = isRoot ? { uid: nobody, gid: nobody } : {}
  return JSON.parse(execFileSync(process.execPath, [opener, path], { ...options, encoding: 'utf8' }))
}

/** Lazily: after a failed claim the store is still open, and the disk must go all the same. */
function unmount(disk: string): void {
  execFileSync('umount', ['-l', disk])
}

function smallDisk(kilobytes: number): string | null {
  const disk = join(place.folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk], { stdio: 'ignore' })
    return disk
  } catch {
    return null // not root, or a container that may not mount; the test says so
  }
}
