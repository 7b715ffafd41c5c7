import type { NewFile } from '../../../stores/notary/tray-actions.ts'

export const droppedLimits = {
  /** Folders inside folders. Deeper ones are left out: links may lead round in a circle. */
  depthMax: 24,
  /** Files are handed on in parts, so that the list grows while folders are still looked through. */
  filesPerPart: 256,
  /** Of a list that is there at once. */
  filesPerTurn: 64,
} as const

/** As the browser gives what was dropped. */
type Entry = FileSystemEntry

export interface Gathering {
  readonly filesMax: number
  onFiles(files: readonly NewFile[]): void
}

/** Must be called while the drop is handled: afterwards the browser forgets what was dropped. */
export function entriesOf(items: DataTransferItemList): readonly Entry[] {
  return [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
}

/** Walks through folders one after the other. Gives back how many files and folders it had to leave out. */
export async function gather(entries: readonly Entry[], { filesMax, onFiles }: Gathering): Promise<number> {
  let part: NewFile[] = []
  let taken = 0
  let leftOut = 0
  const open = entries.map((entry) => ({ entry, depth: 0 })).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { entry, depth } = next
    if (isFolder(entry)) {
      if (depth >= droppedLimits.depthMax || taken >= filesMax) leftOut += 1
      else for (const child of (await childrenOf(entry)).reverse()) open.push({ entry: child, depth: depth + 1 })
      continue
    }
    const file = taken < filesMax && isFile(entry) ? await fileOf(entry) : null
    if (file === null) {
      leftOut += 1
      continue
    }
    taken += 1
    part.push({ file, name: entry.fullPath.replace(/^\//, '') })
    if (part.length < droppedLimits.filesPerPart) continue
    onFiles(part)
    part = []
  }
  if (part.length > 0) onFiles(part)
  return leftOut
}

/**
 * From a file field, part by part: the browser asks the system for the size of each file when it is first read, and the
 * page must go on meanwhile. The path within a chosen folder is part of the name. Gives back how many were left out.
 */
export async function gatherList(list: FileList, { filesMax, onFiles }: Gathering): Promise<number> {
  // A field that is emptied empties its list as well.
  const files = [...list]
  const taken = files.slice(0, filesMax)
  for (let at = 0; at < taken.length; at += droppedLimits.filesPerTurn) {
    const part = taken.slice(at, at + droppedLimits.filesPerTurn)
    onFiles(part.map((file) => ({ file, name: file.webkitRelativePath || file.name })))
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return files.length - taken.length
}

const isFolder = (entry: Entry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: Entry): entry is FileSystemFileEntry => entry.isFile

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<Entry[]> {
  const reader = folder.createReader()
  const children: Entry[] = []
  for (;;) {
    // A folder that may not be read counts as an empty one.
    const some = await new Promise<Entry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (some.length === 0) return children
    children.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)))
}
