import { describe, expect, it } from 'vitest'
import { nothingLeftOut } from '../stores/notary/tray.ts'
import { droppedLimits, type Entry, entriesOf, gather } from './dropped.ts'

const file = (path: string) =>
  ({
    isFile: true,
    isDirectory: false,
    fullPath: path,
    file: (done: (file: File) => void, gone: () => void) =>
      path.includes('gone') ? gone() : done(new File(['x'], path)),
  }) as unknown as FileSystemEntry

const folder = (children: readonly FileSystemEntry[]) => {
  const createReader = () => {
    const left = [...children]
    return { readEntries: (done: (some: readonly FileSystemEntry[]) => void) => done(left.splice(0, 2)) }
  }
  return { isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry
}

async function gathered(entries: readonly Entry[], filesMax = 100) {
  const parts: { readonly name: string; readonly bytes: number }[][] = []
  const leftOut = await gather(entries, {
    filesMax,
    onFiles: (files) => parts.push(files.map(({ name, file }) => ({ name, bytes: file.size }))),
  })
  return { names: parts.flat().map(({ name }) => name), sizes: parts.flat().map(({ bytes }) => bytes), parts, leftOut }
}

describe('what is dropped', () => {
  it('is walked through, folders in folders, in order', async () => {
    const inner = folder([file('/a/b/3'), file('/a/b/4'), file('/a/b/5')])
    expect(await gathered([file('/1'), folder([file('/a/2'), inner]), file('/6')])).toMatchObject({
      names: ['1', 'a/2', 'a/b/3', 'a/b/4', 'a/b/5', '6'],
      leftOut: nothingLeftOut,
    })
  })

  it('stops at its limit and counts what it leaves; what is gone meanwhile did not fail to fit', async () => {
    const all = folder([file('/1'), file('/gone'), file('/2'), file('/3'), folder([])])
    expect(await gathered([all], 2)).toMatchObject({
      names: ['1', '2'],
      leftOut: { full: 2, unreadable: 1, deep: 0 },
    })
  })

  it('says that it may not look into a folder, and takes what it could read of it', async () => {
    const locked = folder([])
    const parts: readonly FileSystemEntry[][] = [[file('/locked/1')]]
    const left = [...parts]
    const readEntries = (done: (some: readonly FileSystemEntry[]) => void, failed: () => void) => {
      const some = left.shift()
      return some === undefined ? failed() : done(some)
    }
    Object.assign(locked, { createReader: () => ({ readEntries }) })
    expect(await gathered([locked, file('/2')])).toMatchObject({
      names: ['locked/1', '2'],
      leftOut: { full: 0, unreadable: 1, deep: 0 },
    })
  })

  it('does not follow folders without end', async () => {
    const round: FileSystemEntry = folder([])
    Object.assign(round, { createReader: () => (folder([round]) as FileSystemDirectoryEntry).createReader() })
    expect(await gathered([round])).toMatchObject({ names: [], leftOut: { ...nothingLeftOut, deep: 1 } })
  })
})

describe('a drop', () => {
  /** As a browser hands it over. */
  const drop = (things: readonly { readonly file: File | null; readonly entry: FileSystemEntry | null }[]) =>
    things.map(({ file: dropped, entry }) => ({
      getAsFile: () => dropped,
      webkitGetAsEntry: () => entry,
    })) as unknown as DataTransferItemList
  const onDisk = (name: string) => ({ file: new File(['x'], name), entry: file(`/${name}`) })

  it('may hold folders among files: they are known by what the browser says, not by their names', async () => {
    const pdfs = { file: new File([], 'x.pdf'), entry: folder([file('/x.pdf/inner.txt')]) }
    expect(await gathered(entriesOf(drop([onDisk('folder'), pdfs, onDisk('a')])))).toMatchObject({
      names: ['folder', 'x.pdf/inner.txt', 'a'],
      sizes: [1, 1, 1],
    })
  })

  it('may be a file that another program made for it, which has no place on a disk; a text is none', async () => {
    const made = new File(['xx'], 'made.txt')
    const items = drop([{ file: made, entry: null }, { file: null, entry: null }, onDisk('1')])
    expect(await gathered(entriesOf(items))).toMatchObject({
      names: ['made.txt', '1'],
      sizes: [2, 1],
      leftOut: nothingLeftOut,
    })
  })

  it('leaves out, and says so, what is gone: the browser gives it empty, and an empty file is another document', async () => {
    const gone = Object.assign(new File([], 'gone'), { arrayBuffer: () => Promise.reject(new Error('gone')) })
    const empty = { file: new File([], 'empty'), entry: null }
    const vanished = Object.assign(file('/vanished'), { file: (done: (found: File) => void) => done(gone) })
    expect(
      await gathered([...entriesOf(drop([{ file: gone, entry: file('/gone') }, empty])), folder([vanished])]),
    ).toMatchObject({ names: ['empty'], sizes: [0], leftOut: { ...nothingLeftOut, unreadable: 2 } })
  })

  it('leaves out, and says so, what comes without a name: the browser could not reach it and would give it empty', async () => {
    const items = drop([onDisk(''), { file: new File([], ''), entry: null }, onDisk('1')])
    expect(await gathered(entriesOf(items))).toMatchObject({
      names: ['1'],
      leftOut: { ...nothingLeftOut, unreadable: 2 },
    })
  })
})

it('chosen files keep their path within the chosen folder, and come in parts', async () => {
  const count = droppedLimits.filesPerPart + 1
  const files = Array.from({ length: count }, (_, place) =>
    Object.assign(new File(['x'], `${place}`), { webkitRelativePath: place === 0 ? 'papers/0' : '' }),
  )
  const { names, parts } = await gathered(files, count)
  expect(names.slice(0, 2)).toEqual(['papers/0', '1'])
  expect(parts.map((part) => part.length)).toEqual([droppedLimits.filesPerPart, 1])
})
