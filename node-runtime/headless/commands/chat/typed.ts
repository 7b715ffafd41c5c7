import { chatDeskLimits } from '#contract/worker/chat-calls'

/** What somebody types, understood. `row`: the number that stands before a message on this screen. */
export type Typed =
  | { readonly kind: 'nothing' }
  | Alone<'channels' | 'people' | 'mine' | 'locks' | 'status' | 'sync-time' | 'help' | 'quit'>
  | { readonly kind: 'create'; readonly channel: string; readonly isPrivate: boolean }
  | { readonly kind: 'subscribe'; readonly channel: string }
  | { readonly kind: 'unsubscribe'; readonly channel: string }
  | { readonly kind: 'publish'; readonly channel: string; readonly text: string }
  | { readonly kind: 'message'; readonly user: string; readonly text: string }
  | { readonly kind: 'invite'; readonly channel: string; readonly user: string }
  | { readonly kind: 'history'; readonly place: string; readonly count: number }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'reply'; readonly row: number; readonly text: string }
  | { readonly kind: 'edit'; readonly row: number; readonly text: string }
  | { readonly kind: 'react'; readonly row: number; readonly emoji: string; readonly isOn: boolean }
  | { readonly kind: 'delete'; readonly row: number }
  /** Understood, but something is missing, is no number, or is longer than it may be; or not understood at all. */
  | { readonly kind: 'incomplete'; readonly word: string }
  | { readonly kind: 'no-number'; readonly word: string }
  | { readonly kind: 'too-long'; readonly word: string }
  | { readonly kind: 'unknown'; readonly word: string }

/** A word that needs no other. */
type Alone<Kind> = Kind extends string ? { readonly kind: Kind } : never

type Read = (rest: string) => Typed | null

/** Each in both languages, with and without accents, and as the course's programs call it. */
const words: readonly (readonly [readonly string[], Read])[] = [
  [['listar_canais', 'canais', 'list_channels', 'channels'], () => ({ kind: 'channels' })],
  [['listar_usuarios', 'usuarios', 'pessoas', 'list_users', 'users', 'people'], () => ({ kind: 'people' })],
  [['conversas', 'conversations'], () => ({ kind: 'mine' })],
  [['travas', 'locks'], () => ({ kind: 'locks' })],
  [['estado', 'status'], () => ({ kind: 'status' })],
  [['sync_time', 'sincronizar'], () => ({ kind: 'sync-time' })],
  [['ajuda', 'help', '?'], () => ({ kind: 'help' })],
  [['sair', 'fim', 'quit', 'exit', 'end'], () => ({ kind: 'quit' })],
  [
    ['criar_canal', 'criar', 'create_channel', 'create'],
    (rest) => named(rest, (channel) => ({ kind: 'create', channel, isPrivate: false })),
  ],
  [
    ['criar_privado', 'create_private'],
    (rest) => named(rest, (channel) => ({ kind: 'create', channel, isPrivate: true })),
  ],
  [['inscrever', 'entrar', 'subscribe', 'join'], (rest) => named(rest, (channel) => ({ kind: 'subscribe', channel }))],
  [
    ['desinscrever', 'deixar', 'unsubscribe', 'leave'],
    (rest) => named(rest, (channel) => ({ kind: 'unsubscribe', channel })),
  ],
  [['publicar', 'publish'], (rest) => split(rest, (channel, text) => ({ kind: 'publish', channel, text }))],
  [['mensagem', 'message', 'msg'], (rest) => split(rest, (user, text) => ({ kind: 'message', user, text }))],
  [
    ['convidar', 'invite'],
    (rest) => split(rest, (channel, other) => named(other, (user) => ({ kind: 'invite', channel, user }))),
  ],
  [['historico', 'history'], readHistory],
  [['buscar', 'search'], (text) => (text === '' ? null : { kind: 'search', text })],
  [['responder', 'reply'], (rest) => numbered(rest, (row, text) => ({ kind: 'reply', row, text }))],
  [['editar', 'edit'], (rest) => numbered(rest, (row, text) => ({ kind: 'edit', row, text }))],
  [['reagir', 'react'], (rest) => numbered(rest, (row, emoji) => ({ kind: 'react', row, emoji, isOn: true }))],
  [['desreagir', 'unreact'], (rest) => numbered(rest, (row, emoji) => ({ kind: 'react', row, emoji, isOn: false }))],
  [['apagar', 'delete'], (rest) => (rest === '' ? null : rowOf(rest, (row) => ({ kind: 'delete', row })))],
]

const known: ReadonlyMap<string, Read> = new Map(
  words.flatMap(([names, read]) => names.map((name) => [name, read] as const)),
)
const historyCount = 20
const historyCountMax = 200

export function readTyped(line: string): Typed {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(line) ?? []
  if (word === '') return { kind: 'nothing' }
  const read = known.get(withoutAccents(word.toLowerCase()))
  if (read === undefined) return { kind: 'unknown', word }
  const typed = read(rest) ?? { kind: 'incomplete', word }
  return isTooLong(typed) ? { kind: 'too-long', word } : typed
}

/** What a shell has taken apart. It took the quotes, too: around a name with blanks they belong. */
export function lineOf([word = '', name = '', ...rest]: readonly string[]): string {
  const isName = rest.length > 0 && /\s/.test(name) && nameFirst.has(readTyped(`${word} x 1`).kind)
  return [word, isName ? quoted(name) : name, ...rest].join(' ').trimEnd()
}

const nameFirst: ReadonlySet<Typed['kind']> = new Set(['publish', 'message', 'invite', 'history'])

function readHistory(rest: string): Typed | null {
  const [place, count] = firstName(rest)
  if (bare(place) === '') return null
  if (count === '') return { kind: 'history', place, count: historyCount }
  if (!/^\d{1,4}$/.test(count) || Number(count) === 0) return { kind: 'no-number', word: count }
  return { kind: 'history', place, count: Math.min(Number(count), historyCountMax) }
}

function named(rest: string, to: (name: string) => Typed): Typed | null {
  const name = nameIn(rest)
  return name === '' ? null : to(name)
}

/** A name, and what stands behind it. */
function split(rest: string, to: (name: string, behind: string) => Typed | null): Typed | null {
  const [place, behind] = firstName(rest)
  const name = bare(place)
  return name === '' || behind === '' ? null : to(name, behind)
}

function numbered(rest: string, to: (row: number, text: string) => Typed): Typed | null {
  const [, row = '', text = ''] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? []
  return text === '' ? null : rowOf(row, (number) => to(number, text))
}

function rowOf(row: string, to: (row: number) => Typed): Typed {
  return /^\d+$/.test(row) ? to(Number(row)) : { kind: 'no-number', word: row }
}

/** The first word, or all that stands in double quotes, for there are names with blanks; and what stands behind. */
function firstName(rest: string): readonly [place: string, behind: string] {
  const [, sign = '', inQuotes, behindQuotes] = /^([#@]?)"([^"]+)"(?:\s+([\s\S]+))?$/.exec(rest) ?? []
  if (inQuotes !== undefined) return [`${sign}${inQuotes}`, behindQuotes ?? '']
  const [, place = '', behind = ''] = /^(\S+)(?:\s+([\s\S]+))?$/.exec(rest) ?? []
  return [place, behind]
}

/** Alone, where quotes may be left out. */
function nameIn(rest: string): string {
  const [place, behind] = firstName(rest)
  return bare(behind === '' ? place : rest)
}

function quoted(name: string): string {
  return name.replace(/^([#@]?)(.*)$/s, '$1"$2"')
}

/** `#general` and `@ana` are what people write. */
function bare(name: string): string {
  return name.replace(/^[#@]/, '')
}

/** Longer than the desk takes. */
function isTooLong(typed: Typed): boolean {
  const limits = { ...fieldLimits, text: typed.kind === 'search' ? chatDeskLimits.searchCharsMax : fieldLimits.text }
  return Object.entries(limits).some(([field, max]) => String(Reflect.get(typed, field) ?? '').length > max)
}

const { nameCharsMax, textCharsMax, emojiCharsMax } = chatDeskLimits
const fieldLimits = {
  ...{ channel: nameCharsMax, user: nameCharsMax, place: nameCharsMax + 1 },
  ...{ text: textCharsMax, emoji: emojiCharsMax },
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{Mn}/gu, '')
}
