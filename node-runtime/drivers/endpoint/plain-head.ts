/** The head of a request, in the form that nearly all programs give it. */
export interface PlainHead {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly headBytes: number
  readonly bodyBytes: number
}

/**
 * Reads no more than it is sure of: whole, each name once, nothing but ASCII, a length in digits, and nothing that says
 * something about the connection. null: it may be anything else, also a request that is only half here.
 */
export function readPlainHead(text: string): PlainHead | null {
  firstLine.lastIndex = 0
  const asked = firstLine.exec(text)
  const [, method, url] = asked ?? []
  if (method === undefined || url === undefined) return null
  // Without a prototype: `constructor` is as good a name for a header as any.
  const headers: Record<string, string> = Object.create(null)
  let at = firstLine.lastIndex
  while (!text.startsWith('\r\n', at)) {
    headerLine.lastIndex = at
    const [, given, value] = headerLine.exec(text) ?? []
    if (given === undefined || value === undefined) return null
    const name = given.toLowerCase()
    if (name in headers || isAboutConnection(name, value)) return null
    headers[name] = value
    at = headerLine.lastIndex
  }
  const length = headers['content-length'] ?? '0'
  if (headers.host === undefined || !isLength.test(length)) return null
  return { method, url, headers, headBytes: at + 2, bodyBytes: Number(length) }
}

/** With any of these there is more to a request than its own head and body. */
function isAboutConnection(name: string, value: string): boolean {
  if (name === 'connection') return value.toLowerCase() !== 'keep-alive'
  return notPlain.has(name)
}

const notPlain: ReadonlySet<string> = new Set(['transfer-encoding', 'expect', 'upgrade', 'te', 'trailer'])
const firstLine = /(GET|POST) (\/[!-~]*) HTTP\/1\.1\r\n/y
const headerLine = /([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([!-~](?:[\t -~]*[!-~])?)[ \t]*\r\n/y
const isLength = /^\d{1,9}$/
