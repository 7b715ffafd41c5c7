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
  /** Understood, but something is missing; or not understood at all. */
  | { readonly kind: 'incomplete'; readonly word: string }
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
  [
    ['publicar', 'publish'],
    (rest) => split(rest, (channel, text) => ({ kind: 'publish', channel: bare(channel), text })),
  ],
  [
    ['mensagem', 'message', 'msg'],
    (rest) => split(rest, (user, text) => ({ kind: 'message', user: bare(user), text })),
  ],
  [
    ['convidar', 'invite'],
    (rest) => split(rest, (channel, user) => ({ kind: 'invite', channel: bare(channel), user: bare(user) })),
  ],
  [['historico', 'history'], readHistory],
  [['buscar', 'search'], (text) => (text === '' ? null : { kind: 'search', text })],
  [['responder', 'reply'], (rest) => numbered(rest, (row, text) => ({ kind: 'reply', row, text }))],
  [['editar', 'edit'], (rest) => numbered(rest, (row, text) => ({ kind: 'edit', row, text }))],
  [['reagir', 'react'], (rest) => numbered(rest, (row, emoji) => ({ kind: 'react', row, emoji, isOn: true }))],
  [['desreagir', 'unreact'], (rest) => numbered(rest, (row, emoji) => ({ kind: 'react', row, emoji, isOn: false }))],
  [['apagar', 'delete'], (rest) => (/^\d+$/.test(rest) ? { kind: 'delete', row: Number(rest) } : null)],
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
  return read(rest) ?? { kind: 'incomplete', word }
}

function readHistory(rest: string): Typed | null {
  const [place = '', count = String(historyCount)] = rest.split(/\s+/)
  if (place === '' || !/^\d{1,4}$/.test(count) || Number(count) === 0) return null
  return { kind: 'history', place, count: Math.min(Number(count), historyCountMax) }
}

function named(rest: string, to: (name: string) => Typed): Typed | null {
  return rest === '' ? null : to(bare(rest))
}

function split(rest: string, to: (first: string, second: string) => Typed): Typed | null {
  const [, first = '', second = ''] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? []
  return second === '' ? null : to(first, second)
}

function numbered(rest: string, to: (row: number, text: string) => Typed): Typed | null {
  return split(rest, (row, text) => (/^\d+$/.test(row) ? to(Number(row), text) : { kind: 'incomplete', word: row }))
}

/** `#general` and `@ana` are what people write. */
function bare(name: string): string {
  return name.replace(/^[#@]/, '')
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{Mn}/gu, '')
}
