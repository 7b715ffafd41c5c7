import { turnOfOthers } from '../hashing/turn-of-others.ts'
import { type LeftOut, nothingLeftOut } from '../stores/notary/tray.ts'
import type { NewFile } from '../stores/notary/tray-actions.ts'

export const droppedLimits = {
  /** Folders inside folders. Deeper ones are left out: links may lead round in a circle. */
  depthMax: 24,
  /** Files are handed on in parts, so that the list grows while folders are still looked through. */
  filesPerPart: 256,
  /** The page is left to itself again after so long. */
  turnMs: 8,
} as const

/** A folder, or the way to a file in one; or a file that was dropped or chosen itself. */
export type Entry = FileSystemEntry | File

/** Must be called while the drop is handled: afterwards the browser forgets what was dropped. */
export function entriesOf(items: DataTransferItemList): readonly Entry[] {
  return [...items].flatMap((item) => {
    const entry = item.webkitGetAsEntry()
    if (entry?.isDirectory === true) return entry
    // What another program made for the drop has no place on a disk, so no entry; a text is no file either.
    return item.getAsFile() ?? []
  })
}

export interface Gathering {
  readonly filesMax: number
  onFiles(files: readonly NewFile[]): void
}

/**
 * Walks through folders one after the other, in short turns: the browser asks the system for each size, and the page
 * waits. Gives back how many files and folders it had to leave out, and why.
 */
export async function gather(entries: readonly Entry[], { filesMax, onFiles }: Gathering): Promise<LeftOut> {
  const part: NewFile[] = []
  let taken = 0
  const leftOut = { ...nothingLeftOut }
  const makeWay = inTurns()
  const open = entries.map((entry) => ({ entry, depth: 0 })).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    await makeWay()
    const { entry, depth } = next
    if (isFolder(entry)) {
      if (depth >= droppedLimits.depthMax || taken >= filesMax) {
        leftOut[taken >= filesMax ? 'full' : 'deep'] += 1
        continue
      }
      const { children, isWhole } = await childrenOf(entry)
      if (!isWhole) leftOut.unreadable += 1
      for (const child of children.reverse()) open.push({ entry: child, depth: depth + 1 })
      continue
    }
    const file = taken < filesMax ? await fileOf(entry) : null
    // A path that the browser cannot spell comes without a name and empty, whatever the disk has: no such fingerprint.
    if (file === null || file.name === '') {
      leftOut[taken >= filesMax ? 'full' : 'unreadable'] += 1
      continue
    }
    taken += 1
    part.push(file)
    if (part.length === droppedLimits.filesPerPart) onFiles(part.splice(0))
  }
  if (part.length > 0) onFiles(part)
  return leftOut
}

function inTurns(): () => Promise<void> {
  let endMs = performance.now() + droppedLimits.turnMs
  return async () => {
    if (performance.now() < endMs) return
    await turnOfOthers()
    endMs = performance.now() + droppedLimits.turnMs
  }
}

const isFolder = (entry: Entry): entry is FileSystemDirectoryEntry => 'isDirectory' in entry && entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

interface Children {
  readonly children: Entry[]
  /** Not: the folder may not be read, or not to its end. */
  readonly isWhole: boolean
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<Children> {
  const reader = folder.createReader()
  const children: Entry[] = []
  for (;;) {
    const some = await new Promise<Entry[] | null>((resolve) => reader.readEntries(resolve, () => resolve(null)))
    if (some === null || some.length === 0) return { children, isWhole: some !== null }
    children.push(...some)
  }
}

async function fileOf(entry: Entry): Promise<NewFile | null> {
  // The path within a chosen folder is part of the name.
  if (entry instanceof File) return handed(entry, entry.webkitRelativePath || entry.name)
  if (!isFile(entry)) return null
  const name = entry.fullPath.replace(/^\//, '')
  return new Promise((resolve) =>
    entry.file(
      (file) => resolve(handed(file, name)),
      () => resolve(null),
    ),
  )
}

/** All of it as a slice: that can be read in another process too, and the file itself only by whom it was given to. */
async function handed(file: File, name: string): Promise<NewFile | null> {
  // A file that is gone is as empty as an empty one until somebody reads it: no such fingerprint.
  if (file.size === 0 && !(await isThere(file))) return null
  return { file: file.slice(), name }
}

const isThere = (file: File): Promise<boolean> =>
  file.arrayBuffer().then(
    () => true,
    () => false,
  )
