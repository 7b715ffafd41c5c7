export const pages = ['overview', 'notary', 'chat', 'ring', 'shop', 'lab', 'settings'] as const
export type PageName = (typeof pages)[number]

/** A place of the program. It stands in the address, so that a reload or a window of its own shows the same place. */
export interface Route {
  readonly page: PageName
  /** What the page shows: a node of the overview, a tab of the lab. */
  readonly part: string | null
  /** A window of its own has no rail. */
  readonly isAlone: boolean
}

const alone = 'window'

export function parseRoute(hash: string): Route {
  const words = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .filter((word) => word !== '')
  const isAlone = words[0] === alone
  const [first, part] = isAlone ? words.slice(1) : words
  const page = pages.find((name) => name === first)
  return { page: page ?? 'overview', part: page === undefined ? null : (part ?? null), isAlone }
}

/** In the form that `windows.open` takes and that stands behind the `#`. */
export function formatRoute({ page, part, isAlone }: Route): string {
  return `/${[...(isAlone ? [alone] : []), page, ...(part === null ? [] : [part])].join('/')}`
}
