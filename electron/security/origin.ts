import { ownOrigins } from '#contract/window/channels'

/** The one scheme of our pages. Not file://, which would let a page read what its user can read. */
export const appScheme = 'app'
export const appOrigin = ownOrigins.window

export interface OriginHints {
  readonly isPackaged: boolean
  /** Set by the development server alone. */
  readonly devUrl: string | undefined
}

/** Where our pages come from. A development server counts only in a program that is not packaged. */
export function pageOrigin({ isPackaged, devUrl }: OriginHints): string {
  if (isPackaged || devUrl === undefined) return appOrigin
  const url = new URL(devUrl)
  return url.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname === '127.0.0.1')
    ? url.origin
    : appOrigin
}

/** Where the frame comes from by which files come in. A development server has one host for all. */
export function doorOf(origin: string): string {
  return origin === appOrigin ? ownOrigins.door : origin
}

/** URL.origin is 'null' for schemes of our own, so the parts are compared. */
export function isAtOrigin(url: string, origin: string): boolean {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}` === origin
  } catch {
    // What is no URL is nowhere.
    return false
  }
}

/** What our page has put together itself, a receipt for example: its address names the page that made it. */
export function isOwnDownload(url: string, origin: string): boolean {
  return url.startsWith(`blob:${origin}/`)
}

/** What a page may load. Everything remote is stopped here too, should the page's policy ever have a hole. */
export function isAllowedRequest(url: string, origin: string): boolean {
  if (isAtOrigin(url, origin) || isAtOrigin(url, doorOf(origin))) return true
  if (url.startsWith('devtools:') || url.startsWith('data:') || url.startsWith('blob:')) return true
  // The development server speaks to its page over a WebSocket of the same host.
  return origin.startsWith('http:') && isAtOrigin(url, origin.replace(/^http:/, 'ws:'))
}
