import type { ExportedFile, ExportPage } from '#contract/worker/chat'
import { type Named, registryFile, type Said, saidFiles } from '#dialects/chat/index'
import { fail, ok, type Result } from '#kit/result'

/** What was said, in its order; null: it has looked for more. In the end whatever has a name. */
export type Exporting = Generator<Said | null, Named, void>

/** A page ends at the first of these; one message always fits. A server does nothing else while it makes one. */
export const exportLimits = {
  messagesPerPage: 1_000,
  charsPerPage: 256 * 1024,
  looksPerPage: 200,
  /** Of several readers. When one more begins, the one that began first is over. */
  openMax: 4,
} as const

interface Reading {
  readonly said: Exporting
  pages: number
  /** Of the registry, once all that was said is given out. */
  rest: ExportedFile | null
}

/** The files of a server, given out piece by piece: only one page of them is in memory, however much was said. */
export class Exports {
  readonly #open = new Map<number, Reading>()
  #last = 0

  page(after: string | null, begin: () => Exporting): Result<ExportPage> {
    const id = after === null ? this.#begin(begin()) : this.#idIn(after)
    const reading = id === null ? undefined : this.#open.get(id)
    if (id === null || reading === undefined) return fail('not-found', 'nobody reads on there')
    const files = reading.rest === null ? lines(reading) : []
    if (reading.rest !== null) files.push(registryPiece(reading, reading.rest))
    reading.pages += 1
    if (reading.rest?.text !== '') return ok({ files, next: `${id}.${reading.pages}` })
    this.#open.delete(id)
    return ok({ files, next: null })
  }

  #begin(said: Exporting): number {
    const [oldest] = this.#open.keys()
    if (this.#open.size >= exportLimits.openMax && oldest !== undefined) this.#open.delete(oldest)
    this.#last += 1
    this.#open.set(this.#last, { said, pages: 0, rest: null })
    return this.#last
  }

  /** Each page once: what was given out is not there any more. */
  #idIn(after: string): number | null {
    const [id = 0, page] = after.split('.').map(Number)
    return this.#open.get(id)?.pages === page ? id : null
  }
}

function lines(reading: Reading): ExportedFile[] {
  const said: Said[] = []
  let chars = 0
  for (let looks = 0; said.length < exportLimits.messagesPerPage && looks < exportLimits.looksPerPage; ) {
    if (chars >= exportLimits.charsPerPage) break
    const { done, value } = reading.said.next()
    if (done === true) {
      reading.rest = registryFile(value)
      break
    }
    if (value === null) looks += 1
    else {
      said.push(value)
      chars += value.text.length
    }
  }
  return [...saidFiles(said)]
}

function registryPiece(reading: Reading, { name, text }: ExportedFile): ExportedFile {
  const end = wholeLetters(text, exportLimits.charsPerPage)
  reading.rest = { name, text: text.slice(end) }
  return { name, text: text.slice(0, end) }
}

/** Where a text is cut, so that no letter that takes two places is cut in the middle. */
function wholeLetters(text: string, charsMax: number): number {
  const last = text.charCodeAt(charsMax - 1)
  return last >= 0xd800 && last < 0xdc00 ? charsMax - 1 : charsMax
}
