import { randomBytes } from 'node:crypto'

/** Vite writes this where a nonce belongs; it is replaced by a fresh one in every page that is served. */
const noncePlaceholder = '__CSP_NONCE__'

/** The window, and the frame in it by which files come in. */
export type PageName = 'window' | 'door'

export interface PageSource {
  readonly page: PageName
  readonly html: string
  /** Where each page comes from, as the policy of the other one names it. */
  readonly at: Readonly<Record<PageName, string>>
}

export interface Page {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** The page with a nonce of its own: a style or script that somebody smuggled in does not know it. */
export function pageToServe({ page, html, at }: PageSource): Page {
  const nonce = freshNonce()
  return {
    html: html.replaceAll(noncePlaceholder, nonce),
    headers: {
      ...fileHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentPolicy(nonce, framesOf[page](at)),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': permissionsPolicy,
      // A page from a cache would carry a nonce that its own header does not allow.
      'cache-control': 'no-store',
    },
  }
}

export function freshNonce(): string {
  return randomBytes(16).toString('base64url')
}

/**
 * What a script may that runs as a worker: it has this policy and not the page's. It asks nobody for anything. Hashing
 * files in WebAssembly needs its word there, and only there: the page itself stays without it.
 */
const filePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

export const fileHeaders = {
  'content-security-policy': filePolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const

interface Frames {
  readonly frames: string
  readonly framedBy: string
}

/** Nobody frames the window, which frames the door and nothing else. */
const framesOf: Readonly<Record<PageName, (at: PageSource['at']) => Frames>> = {
  window: ({ door }) => ({ frames: door, framedBy: "'none'" }),
  door: ({ window }) => ({ frames: "'none'", framedBy: window }),
}

/** Our own files and nothing else. No 'unsafe-inline', no 'unsafe-eval'; nobody may take the page's forms. */
function contentPolicy(nonce: string, { frames, framedBy }: Frames): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-src ${frames}`,
    `frame-ancestors ${framedBy}`,
  ].join('; ')
}

const permissionsPolicy = 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=(), payment=()'
