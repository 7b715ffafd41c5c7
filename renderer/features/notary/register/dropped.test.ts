import { describe, expect, it } from 'vitest'
import { nothingLeftOut } from '../../../stores/notary/tray.ts'
import { entriesOf, gather } from './dropped.ts'

describe('what is dropped', () => {
  const file = (path: string) =>
    ({
      isFile: true,
      isDirectory: false,
      fullPath: path,
      file: (done: (file: File) => void, gone: () => void) =>
        path.includes('gone') ? gone() : done(new Blob(['x']) as File),
    }) as unknown as FileSystemEntry
  const folder = (children: readonly FileSystemEntry[]) => {
    const createReader = () => {
      const left = [...children]
      return { readEntries: (done: (some: readonly FileSystemEntry[]) => void) => done(left.splice(0, 2)) }
    }
    return { isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry
  }

  async function gathered(entries: ReturnType<typeof entriesOf>, filesMax = 100) {
    const names: string[] = []
    const leftOut = await gather(entries, {
      filesMax,
      onFiles: (files) => names.push(...files.map(({ name }) => name)),
    })
    return { names, leftOut }
  }

  it('is walked through, folders in folders, in order', async () => {
    const inner = folder([file('/a/b/3'), file('/a/b/4'), file('/a/b/5')])
    expect(await gathered([file('/1'), folder([file('/a/2'), inner]), file('/6')])).toEqual({
      names: ['1', 'a/2', 'a/b/3', 'a/b/4', 'a/b/5', '6'],
      leftOut: nothingLeftOut,
    })
  })

  it('stops at its limit and counts what it leaves; what is gone meanwhile did not fail to fit', async () => {
    const all = folder([file('/1'), file('/gone'), file('/2'), file('/3'), folder([])])
    expect(await gathered([all], 2)).toEqual({
      names: ['1', '2'],
      leftOut: { full: 2, unreadable: 1, deep: 0 },
    })
  })

  it('may be a file that another program made for the drop, which has no place on a disk; a text is none', async () => {
    const made = new File(['x'], 'made.txt')
    const items = [
      { webkitGetAsEntry: () => null, getAsFile: () => made },
      { webkitGetAsEntry: () => null, getAsFile: () => null },
      { webkitGetAsEntry: () => file('/1'), getAsFile: () => made },
    ] as unknown as DataTransferItemList
    expect(await gathered(entriesOf(items))).toEqual({ names: ['made.txt', '1'], leftOut: nothingLeftOut })
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
    expect(await gathered([locked, file('/2')])).toEqual({
      names: ['locked/1', '2'],
      leftOut: { full: 0, unreadable: 1, deep: 0 },
    })
  })

  it('does not follow folders without end', async () => {
    const round: FileSystemEntry = folder([])
    Object.assign(round, { createReader: () => (folder([round]) as FileSystemDirectoryEntry).createReader() })
    expect(await gathered([round])).toEqual({ names: [], leftOut: { full: 0, unreadable: 0, deep: 1 } })
  })
})
