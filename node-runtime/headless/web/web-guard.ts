import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Secrets of one run of the server. Another run has others: an old tab or bookmark opens nothing. */
export interface WebSecrets {
  /** In the printed address. */
  readonly token: string
  /** In the cookie that the token was changed for, so that the token itself does not stay in the browser. */
  readonly session: string
}

export function freshSecrets(): WebSecrets {
  return { token: randomBytes(32).toString('base64url'), session: randomBytes(32).toString('base64url') }
}

export interface RequestSigns {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

export type Verdict = 'let-in' | 'wrong-host' | 'wrong-origin' | 'no-session'

/**
 * Who may have the page and its socket. A browser that was lured to a foreign name for 127.0.0.1 sends that name as
 * Host; a foreign page that opens our socket sends its own Origin; both are refused before the cookie is looked at.
 */
export class WebGuard {
  readonly #secrets: WebSecrets
  readonly #host: string
  readonly #cookieName: string

  constructor(secrets: WebSecrets, port: number) {
    this.#secrets = secrets
    this.#host = `127.0.0.1:${port}`
    // Browsers do not keep cookies of different ports apart: two labs on one machine need two names.
    this.#cookieName = `colmeia-${port}`
  }

  get origin(): string {
    return `http://${this.#host}`
  }

  get address(): string {
    return `${this.origin}/?token=${this.#secrets.token}`
  }

  isRightHost(host: string | undefined): boolean {
    return host === this.#host
  }

  isToken(token: string): boolean {
    return isSame(token, this.#secrets.token)
  }

  /**
   * Not readable by scripts, never sent along by a request that another site began, gone when the browser closes.
   * Not `Secure`: this is plain HTTP, which never leaves the machine.
   */
  get cookie(): string {
    return `${this.#cookieName}=${this.#secrets.session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** A page's own requests carry no Origin when they are plain GETs; one that is there must be ours. */
  judgePage({ host, origin, cookie }: RequestSigns): Verdict {
    if (!this.isRightHost(host)) return 'wrong-host'
    if (origin !== undefined && origin !== this.origin) return 'wrong-origin'
    return this.#hasSession(cookie) ? 'let-in' : 'no-session'
  }

  /** Browsers always name the origin of a page that opens a socket; whoever does not is no page of ours. */
  judgeSocket(signs: RequestSigns): Verdict {
    return signs.origin === undefined && this.isRightHost(signs.host) ? 'wrong-origin' : this.judgePage(signs)
  }

  #hasSession(cookie: string | undefined): boolean {
    const wanted = `${this.#cookieName}=`
    const found = (cookie ?? '').split(/;\s*/).find((part) => part.startsWith(wanted))
    return found !== undefined && isSame(found.slice(wanted.length), this.#secrets.session)
  }
}

/** In a time that does not tell how much of it was right. Hashed, because the comparison wants equal lengths. */
function isSame(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}
