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

/** What another program made for the drop has no place on a disk, so no entry. `bytes` null: nobody has asked yet. */
interface PlainFile {
  readonly file: File
  readonly bytes: number | null
}
type Entry = FileSystemEntry | PlainFile

interface Look {
  readonly filesMax: number
  /** In the order of the files; where there is no number, a folder may be. */
  sizesOf(files: readonly File[]): readonly (number | null)[]
}

/**
 * Must be called while the drop is handled: afterwards the browser forgets what was dropped. For an entry it asks the
 * system while the page waits, so it is asked only where a folder may be: ten thousand such questions take seconds.
 */
export function entriesOf(items: DataTransferItemList, { filesMax, sizesOf }: Look): readonly Entry[] {
  const dropped = [...items].map((item) => ({ item, file: item.getAsFile() }))
  const files = dropped.slice(0, filesMax).flatMap(({ file }) => file ?? [])
  const sizes = sizesOf(files)
  const known = new Map(files.map((file, place) => [file, sizes[place] ?? null]))
  return dropped.flatMap(({ item, file }, place) => {
    if (file === null) return item.webkitGetAsEntry() ?? []
    const bytes = known.get(file) ?? null
    // What is beyond the most that fits is not asked for either. Should it fit after all, a folder is told as unreadable.
    const mayBeFolder = bytes === null && place < filesMax
    return (mayBeFolder ? item.webkitGetAsEntry() : null) ?? { file, bytes }
  })
}

/** From a file field, before it is emptied: that empties its list as well. */
export function chosenOf(list: FileList): readonly Entry[] {
  return [...list].map((file) => ({ file, bytes: null }))
}

export interface Gathering {
  readonly filesMax: number
  onFiles(files: readonly NewFile[]): void
}

/**
 * Walks through folders one after the other, in short turns: where nobody has asked for a size, the browser asks the
 * system when it is first read, and the page waits. Gives back how many files and folders it had to leave out, and why.
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

const isPlain = (entry: Entry): entry is PlainFile => 'bytes' in entry
const isFolder = (entry: Entry): entry is FileSystemDirectoryEntry => !isPlain(entry) && entry.isDirectory
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
  if (isPlain(entry)) {
    const { file, bytes } = entry
    // The path within a chosen folder is part of the name.
    return { file, name: file.webkitRelativePath || file.name, bytes: bytes ?? file.size }
  }
  if (!isFile(entry)) return null
  const name = entry.fullPath.replace(/^\//, '')
  return new Promise((resolve) =>
    entry.file(
      (file) => resolve({ file, name, bytes: file.size }),
      () => resolve(null),
    ),
  )
}
