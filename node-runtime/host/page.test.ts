import { describe, expect, it } from 'vitest'
import { findPageFile } from './page-files.ts'
import { fileHeaders, freshNonce, type PageName, pageToServe } from './page-policy.ts'

describe('files of the window', () => {
  it.each([
    ['/', '/app/renderer/index.html', 'text/html; charset=utf-8'],
    ['/index.html', '/app/renderer/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-B3x_1.js', '/app/renderer/assets/index-B3x_1.js', 'text/javascript; charset=utf-8'],
    ['/assets/a.woff2', '/app/renderer/assets/a.woff2', 'font/woff2'],
  ])('%s is %s', (pathname, path, mimeType) => {
    expect(findPageFile('/app/renderer', pathname)).toMatchObject({ path, mimeType })
  })

  it.each([
    ['/../main/main.cjs'],
    ['/assets/../../main/main.js'],
    ['/%2e%2e/main/main.js'],
    ['/..%2fmain%2fmain.js'],
    ['/assets\\..\\..\\main.js'],
    ['/%5c..%5cmain.js'],
    ['//etc/passwd.json'],
    ['/etc/passwd'],
    ['/.env.json'],
    ['/assets/.hidden.js'],
    ['/a%00.js'],
    ['/%E0%A4%A.js'],
    ['/node.sqlite'],
    [''],
  ])('%s is nothing', (pathname) => {
    expect(findPageFile('/app/renderer', pathname)).toBeNull()
  })
})

const at = { window: 'app://colmeia', door: 'app://door' }
const served = (page: PageName = 'window', html = '') => pageToServe({ page, html, at })
const policyOf = (page: PageName) => served(page).headers['content-security-policy'] ?? ''

describe('the policy of the page', () => {
  it.each(['window', 'door'] as const)(
    'allows the %s our own files and the nonce, and neither inline nor eval',
    (page) => {
      const policy = policyOf(page)
      expect(policy).toMatch(
        /^default-src 'self'; script-src 'self' '(nonce-[^']+)'; style-src 'self' '\1'; img-src 'self' data:; /,
      )
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      for (const closed of ['object-src', 'base-uri', 'form-action']) expect(policy).toContain(`${closed} 'none'`)
    },
  )

  it('lets the window frame the door, and nobody frame anything else', () => {
    expect(policyOf('window')).toContain("frame-src app://door; frame-ancestors 'none'")
    expect(policyOf('door')).toContain("frame-src 'none'; frame-ancestors app://colmeia")
  })

  it('lets a worker compile what hashes files, and ask nobody; no page may either', () => {
    expect(fileHeaders['content-security-policy']).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    for (const page of ['window', 'door'] as const) expect(policyOf(page)).not.toContain('wasm')
  })

  it('gives every page a nonce of its own, the same in the page and in its header', () => {
    const source = '<script nonce="__CSP_NONCE__"></script><meta nonce="__CSP_NONCE__">'
    const [first, second] = [served('window', source), served('window', source)]
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(first.headers['content-security-policy'] ?? '') ?? []
    expect(first.html).toBe(`<script nonce="${nonce}"></script><meta nonce="${nonce}">`)
    expect(first.html).not.toBe(second.html)
    expect(Buffer.from(freshNonce(), 'base64url').length).toBe(16)
  })

  it('keeps the page out of caches, frames and sniffing', () => {
    expect(served().headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
  })
})
