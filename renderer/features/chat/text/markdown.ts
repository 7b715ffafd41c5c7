/**
 * What of Markdown a message may have. It is read into values and drawn as elements, so nothing that somebody writes can
 * become a part of the page: there is no HTML here to be escaped.
 */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'struck'; readonly parts: readonly Inline[] }
  | { readonly kind: 'address'; readonly href: string; readonly text: string }
  | { readonly kind: 'mention'; readonly name: string }

export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }

/** Marks within marks: deeper ones stay as they were typed. */
const depthMax = 4

/** `names`: whom the message mentions, as the chat found them; other words with an `@` are words. */
export function readMarkdown(text: string, names: readonly string[] = []): readonly Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const known = [...names].sort((one, other) => other.length - one.length)
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const { block, next } = blockAt(lines, at, known)
    if (block !== null) blocks.push(block)
    at = next
  }
  return blocks
}

interface Read {
  readonly block: Block | null
  readonly next: number
}

const fence = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$/
const bullet = /^ {0,3}[-*+]\s+(\S.*)$/
const numbered = /^ {0,3}\d{1,9}[.)]\s+(\S.*)$/
const quoted = /^ {0,3}> ?(.*)$/

function blockAt(lines: readonly string[], at: number, names: readonly string[]): Read {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { block: null, next: at + 1 }
  const opening = fence.exec(line)
  if (opening) return codeAt(lines, at, opening)
  for (const [pattern, isOrdered] of [
    [bullet, false],
    [numbered, true],
  ] as const) {
    const run = runOf(lines, at, pattern)
    if (run.length === 0) continue
    const items = run.map((item) => readInline(item, names))
    return { block: { kind: 'list', isOrdered, items }, next: at + run.length }
  }
  const quotes = runOf(lines, at, quoted)
  if (quotes.length > 0) {
    return { block: { kind: 'quote', parts: readInline(quotes.join('\n'), names) }, next: at + quotes.length }
  }
  const end = lines.findIndex((other, index) => index > at && (other.trim() === '' || beginsBlock(other)))
  const next = end < 0 ? lines.length : end
  return { block: { kind: 'paragraph', parts: readInline(lines.slice(at, next).join('\n'), names) }, next }
}

function beginsBlock(line: string): boolean {
  return [fence, bullet, numbered, quoted].some((pattern) => pattern.test(line))
}

function runOf(lines: readonly string[], at: number, pattern: RegExp): readonly string[] {
  const run: string[] = []
  for (let index = at; index < lines.length; index += 1) {
    const found = pattern.exec(lines[index] ?? '')
    if (!found) break
    run.push(found[1] ?? '')
  }
  return run
}

/** A block that nobody closed goes to the end: what is in it was meant as code. */
function codeAt(lines: readonly string[], at: number, opening: RegExpExecArray): Read {
  const mark = opening[1] ?? '```'
  const isClosing = (line: string): boolean => {
    const word = line.trim()
    return word.length >= mark.length && word === (mark[0] ?? '').repeat(word.length)
  }
  const found = lines.findIndex((line, index) => index > at && isClosing(line))
  const end = found < 0 ? lines.length : found
  const text = lines.slice(at + 1, end).join('\n')
  return { block: { kind: 'code', language: opening[2] ?? '', text }, next: end + 1 }
}

interface Reading {
  readonly text: string
  readonly names: readonly string[]
  readonly depth: number
  /** Marks that have no end after here, so that a thousand of them are not each looked for to the end. */
  readonly unclosed: Set<string>
}

interface Piece {
  readonly part: Inline
  readonly next: number
}

const special = /[\\`*_~[@]|https?:\/\//g
const escapable = /[!-/:-@[-`{-~]/

function readInline(text: string, names: readonly string[], depth = 0): readonly Inline[] {
  const reading: Reading = { text, names, depth, unclosed: new Set() }
  const parts: Inline[] = []
  let plain = ''
  let at = 0
  const flush = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    plain = ''
  }
  while (at < text.length) {
    special.lastIndex = at
    const found = special.exec(text)?.index ?? text.length
    plain += text.slice(at, found)
    if (found >= text.length) break
    if (text[found] === '\\' && escapable.test(text[found + 1] ?? '')) {
      plain += text[found + 1]
      at = found + 2
      continue
    }
    const piece = pieceAt(reading, found)
    if (piece === null) {
      plain += text[found]
      at = found + 1
      continue
    }
    flush()
    parts.push(piece.part)
    at = piece.next
  }
  flush()
  return parts
}

function pieceAt(reading: Reading, at: number): Piece | null {
  switch (reading.text[at]) {
    case '`':
      return codeWithin(reading, at)
    case '@':
      return mentionAt(reading, at)
    case '[':
      return namedAddressAt(reading, at)
    case 'h':
      return addressAt(reading.text, at)
    default:
      return markedAt(reading, at)
  }
}

function codeWithin({ text, unclosed }: Reading, at: number): Piece | null {
  const run = /^`+/.exec(text.slice(at, at + 20))?.[0] ?? '`'
  if (unclosed.has(run)) return null
  const end = text.indexOf(run, at + run.length)
  if (end < 0) {
    unclosed.add(run)
    return null
  }
  const inside = text.slice(at + run.length, end)
  return inside === '' ? null : { part: { kind: 'code', text: inside }, next: end + run.length }
}

const letter = /[\p{L}\p{N}_]/u

function mentionAt({ text, names }: Reading, at: number): Piece | null {
  if (letter.test(text[at - 1] ?? '')) return null
  const name = names.find((one) => text.startsWith(one, at + 1) && !letter.test(text[at + 1 + one.length] ?? ''))
  return name === undefined ? null : { part: { kind: 'mention', name }, next: at + 1 + name.length }
}

const marks = [
  ['**', 'strong'],
  ['__', 'strong'],
  ['~~', 'struck'],
  ['*', 'emphasis'],
  ['_', 'emphasis'],
] as const

function markedAt(reading: Reading, at: number): Piece | null {
  const { text, names, depth, unclosed } = reading
  const [mark, kind] = marks.find(([one]) => text.startsWith(one, at)) ?? []
  if (mark === undefined || kind === undefined || depth >= depthMax || unclosed.has(mark)) return null
  // `snake_case_names` are names.
  if (mark[0] === '_' && letter.test(text[at - 1] ?? '')) return null
  if (/\s/.test(text[at + mark.length] ?? ' ')) return null
  const end = endOf(text, mark, at + mark.length)
  if (end < 0) {
    unclosed.add(mark)
    return null
  }
  const parts = readInline(text.slice(at + mark.length, end), names, depth + 1)
  return { part: { kind, parts }, next: end + mark.length }
}

function endOf(text: string, mark: string, from: number): number {
  for (let end = text.indexOf(mark, from + 1); end >= 0; end = text.indexOf(mark, end + 1)) {
    const isTight = !/\s/.test(text[end - 1] ?? ' ')
    const isWhole = mark[0] !== '_' || !letter.test(text[end + mark.length] ?? '')
    // `*` before another `*` is the first half of a `**` that belongs to something within.
    const isOther = mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark)
    if (isTight && isWhole && !isOther) return end
  }
  return -1
}

function addressAt(text: string, at: number): Piece | null {
  if (letter.test(text[at - 1] ?? '')) return null
  // The end of the sentence is no part of the address.
  const href = /^https?:\/\/[^\s<>"`]{1,2000}/.exec(text.slice(at, at + 2_010))?.[0].replace(/[.,;:!?)\]}'*_~]+$/, '')
  if (href === undefined || href.length <= 'https://'.length) return null
  return { part: { kind: 'address', href, text: href }, next: at + href.length }
}

function namedAddressAt({ text }: Reading, at: number): Piece | null {
  const found = /^\[([^[\]\n]{1,500})\]\((https?:\/\/[^\s<>"`()]{1,2000})\)/.exec(text.slice(at, at + 2_600))
  const [whole = '', name = '', href = ''] = found ?? []
  return found ? { part: { kind: 'address', href, text: name }, next: at + whole.length } : null
}

/** In one line and without marks: for quotes and lists. */
export function plainWords(text: string, charsMax: number): string {
  const words = readMarkdown(text).map(blockWords).join(' ').replace(/\s+/g, ' ').trim()
  return words.length > charsMax ? `${words.slice(0, charsMax - 1).trimEnd()}…` : words
}

function blockWords(block: Block): string {
  if (block.kind === 'code') return block.text
  return block.kind === 'list' ? block.items.map(inlineWords).join(' · ') : inlineWords(block.parts)
}

function inlineWords(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if ('parts' in part) return inlineWords(part.parts)
      return part.kind === 'mention' ? `@${part.name}` : part.text
    })
    .join('')
}
