import { turnOfOthers } from '../../../hashing/turn-of-others.ts'
import { type LeftOut, nothingLeftOut } from '../../../stores/notary/tray.ts'
import type { NewFile } from '../../../stores/notary/tray-actions.ts'

export const droppedLimits = {
  /** Folders inside folders. Deeper ones are left out: links may lead round in a circle. */
  depthMax: 24,
  /** Files are handed on in parts, so that the list grows while folders are still looked through. */
  filesPerPart: 256,
  /** The page is left to itself again after so long. */
  turnMs: 8,
} as const

/** As the browser gives what was dropped. What another program made for the drop has no place on a disk, so no entry. */
type Entry = FileSystemEntry | File

export interface Gathering {
  readonly filesMax: number
  onFiles(files: readonly NewFile[]): void
}

/** Must be called while the drop is handled: afterwards the browser forgets what was dropped. */
export function entriesOf(items: DataTransferItemList): readonly Entry[] {
  return [...items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? [])
}

/** Walks through folders one after the other. Gives back how many files and folders it had to leave out, and why. */
export async function gather(entries: readonly Entry[], { filesMax, onFiles }: Gathering): Promise<LeftOut> {
  let part: NewFile[] = []
  let taken = 0
  const leftOut = { ...nothingLeftOut }
  const open = entries.map((entry) => ({ entry, depth: 0 })).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
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
    if (file === null) {
      leftOut[taken >= filesMax ? 'full' : 'unreadable'] += 1
      continue
    }
    taken += 1
    part.push({ file, name: nameOf(entry), bytes: file.size })
    if (part.length < droppedLimits.filesPerPart) continue
    onFiles(part)
    part = []
  }
  if (part.length > 0) onFiles(part)
  return leftOut
}

/**
 * From a file field, in short turns: the browser asks the system for the size of each file when it is first read, and
 * the page waits for the answer. The path within a chosen folder is part of the name. Gives back how many were left out.
 */
export async function gatherList(list: FileList, { filesMax, onFiles }: Gathering): Promise<LeftOut> {
  // A field that is emptied empties its list as well.
  const files = [...list]
  const taken = files.slice(0, filesMax)
  const part: NewFile[] = []
  let turnEndMs = performance.now() + droppedLimits.turnMs
  for (const file of taken) {
    part.push({ file, name: file.webkitRelativePath || file.name, bytes: file.size })
    if (part.length === droppedLimits.filesPerPart) onFiles(part.splice(0))
    if (performance.now() < turnEndMs) continue
    await turnOfOthers()
    turnEndMs = performance.now() + droppedLimits.turnMs
  }
  if (part.length > 0) onFiles(part)
  return { ...nothingLeftOut, full: files.length - taken.length }
}

const isFolder = (entry: Entry): entry is FileSystemDirectoryEntry => !(entry instanceof File) && entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

function nameOf(entry: Entry): string {
  return entry instanceof File ? entry.name : entry.fullPath.replace(/^\//, '')
}

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

async function fileOf(entry: Entry): Promise<File | null> {
  if (entry instanceof File) return entry
  if (!isFile(entry)) return null
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)))
}
