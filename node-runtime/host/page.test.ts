import { describe, expect, it } from 'vitest'
import { findPageFile } from './page-files.ts'
import { contentPolicy, fileHeaders, freshNonce, pageWithNonce } from './page-policy.ts'

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

describe('the policy of the page', () => {
  it('allows our own files and the nonce, and neither inline nor eval', () => {
    const policy = contentPolicy('N')
    expect(policy).toContain(
      "default-src 'self'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:",
    )
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    for (const closed of ['object-src', 'base-uri', 'form-action', 'frame-src', 'frame-ancestors']) {
      expect(policy).toContain(`${closed} 'none'`)
    }
  })

  it('lets a worker compile what hashes files, and ask nobody; the page may neither', () => {
    expect(fileHeaders['content-security-policy']).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    expect(pageWithNonce('').headers['content-security-policy']).not.toContain('wasm')
  })

  it('gives every page a nonce of its own, the same in the page and in its header', () => {
    const source = '<script nonce="__CSP_NONCE__"></script><meta nonce="__CSP_NONCE__">'
    const [first, second] = [pageWithNonce(source), pageWithNonce(source)]
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(first.headers['content-security-policy'] ?? '') ?? []
    expect(first.html).toBe(`<script nonce="${nonce}"></script><meta nonce="${nonce}">`)
    expect(first.html).not.toBe(second.html)
    expect(Buffer.from(freshNonce(), 'base64url').length).toBe(16)
  })

  it('keeps the page out of caches, frames and sniffing', () => {
    expect(pageWithNonce('').headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
  })
})
