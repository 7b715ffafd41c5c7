import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { SizesAnswer } from '#contract/window/contract'
import { within } from '#host/within'

export const sizesLimits = {
  /** The page stands still until then. What is not known by then it asks the browser, one by one. */
  answerWithinMs: 5_000,
  /** A disk somewhere in the network answers many at once as fast as one. */
  atOnceMax: 32,
} as const

type Ask = (path: string) => Promise<{ readonly size: number; isFile(): boolean }>

/** Of plain files only: how a folder is taken, the browser alone knows. Never refuses, because somebody stands still. */
export async function sizesOf(paths: readonly string[], ask: Ask = stat): Promise<SizesAnswer> {
  const sizes = paths.map((): number | null => null)
  const open = paths.entries()
  let isOver = false
  const askOn = async (): Promise<void> => {
    for (const [place, path] of open) {
      if (isOver) return
      if (isAbsolute(path)) sizes[place] = await sizeOf(path, ask)
    }
  }
  await within(sizesLimits.answerWithinMs, Promise.all(Array.from({ length: sizesLimits.atOnceMax }, askOn)))
  isOver = true
  return [...sizes]
}

async function sizeOf(path: string, ask: Ask): Promise<number | null> {
  try {
    const found = await ask(path)
    return found.isFile() ? found.size : null
  } catch {
    // Gone, or hidden from this user: the browser is asked next, and says what it makes of it.
    return null
  }
}
