import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session, WebContents } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerRequest } from './app-protocol.ts'
import { guardContents } from './guard-contents.ts'
import { guardSession } from './guard-session.ts'
import { appOrigin, isAllowedRequest, isAtOrigin, pageOrigin } from './origin.ts'
import { isTrustedSender } from './trusted-sender.ts'
import { safePreferences } from './web-preferences.ts'

vi.mock('electron', () => ({ protocol: {} }))

describe("Electron's security list", () => {
  it('windows are sandboxed, isolated, without Node, without webview, with web security', () => {
    expect(safePreferences('/p.cjs')).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
    expect(Object.keys(safePreferences('/p.cjs'))).not.toContain('enableBlinkFeatures')
  })

  it('no source of ours uses what the list warns of', () => {
    // The shell's own files; each of these has no use in this program at all.
    const sources = ['main.ts', 'windows/windows.ts', 'preload/preload.ts', 'open-lab.ts'].map((name) =>
      readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'),
    )
    for (const banned of ['shell.openExternal', 'file://', 'nodeIntegration: true', 'enableBlinkFeatures', 'remote']) {
      expect(
        sources.filter((text) => text.includes(banned)),
        banned,
      ).toEqual([])
    }
    const preload = sources[2] ?? ''
    expect(preload).toContain("contextBridge.exposeInMainWorld('colmeia'")
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer\s*[,)]/)
  })
})

describe('the origin of our pages', () => {
  it('is our scheme, and a development server only on this machine and never in a packaged program', () => {
    const dev = 'http://localhost:5173/'
    expect(pageOrigin({ isPackaged: false, devUrl: undefined })).toBe(appOrigin)
    expect(pageOrigin({ isPackaged: false, devUrl: dev })).toBe('http://localhost:5173')
    expect(pageOrigin({ isPackaged: true, devUrl: dev })).toBe(appOrigin)
    expect(pageOrigin({ isPackaged: false, devUrl: 'http://elsewhere.example/' })).toBe(appOrigin)
  })

  it.each([
    ['app://colmeia/', true],
    ['app://colmeia/#/notary', true],
    ['app://colmeia.example/', false],
    ['app://other/', false],
    ['https://colmeia/', false],
    ['file:///app/colmeia', false],
    ['about:blank', false],
    ['', false],
  ])('%s is ours: %s', (url, isOurs) => {
    expect(isAtOrigin(url, appOrigin)).toBe(isOurs)
  })

  it.each([
    ['app://colmeia/assets/a.js', true],
    ['app://door/door.html', true],
    ['app://other/door.html', false],
    ['devtools://devtools/bundled/a.html', true],
    ['data:image/png;base64,AA', true],
    ['https://example.com/', false],
    ['http://127.0.0.1:8000/', false],
    ['ws://127.0.0.1:8000/', false],
    ['file:///etc/passwd', false],
  ])('%s may be requested: %s', (url, isAllowed) => {
    expect(isAllowedRequest(url, appOrigin)).toBe(isAllowed)
  })
})

describe('who may call', () => {
  const main = { processId: 4, routingId: 1, url: 'app://colmeia/' }

  it('the main frame of a window of ours', () => {
    expect(isTrustedSender(main, [main], appOrigin)).toBe(true)
  })

  it.each([
    ['nobody', null],
    ['a frame inside our page', { ...main, routingId: 2 }],
    ['a window that we did not open', { ...main, processId: 9 }],
    ['our window on a page of somebody else', { ...main, url: 'https://example.com/' }],
    ['our window before it has a page', { ...main, url: '' }],
    ['the door', { ...main, routingId: 2, url: 'app://door/door.html' }],
    ['the door, should it ever be a window', { ...main, url: 'app://door/door.html' }],
  ])('not %s', (_who, frame) => {
    expect(isTrustedSender(frame, [main], appOrigin)).toBe(false)
  })
})

/** Collects what a guard registers, so that the test can play the browser. */
function recorder() {
  const listeners = new Map<string, (...args: never[]) => void>()
  const on = (name: string, listener: (...args: never[]) => void) => void listeners.set(name, listener)
  const fire = (name: string, ...args: unknown[]) => (listeners.get(name) as (...all: unknown[]) => void)(...args)
  return { listeners, on, fire }
}

describe('a page', () => {
  function page() {
    const { on, fire, listeners } = recorder()
    let open: (() => { action: string }) | undefined
    const setWindowOpenHandler = (handler: () => { action: string }) => {
      open = handler
    }
    const contents = { on, setWindowOpenHandler }
    guardContents(contents as unknown as WebContents, appOrigin)
    const isPrevented = (name: string, ...args: unknown[]) => {
      const preventDefault = vi.fn()
      const [first, ...rest] = args
      fire(
        name,
        { preventDefault, ...(typeof first === 'object' ? first : {}) },
        ...(typeof first === 'object' ? rest : args),
      )
      return preventDefault.mock.calls.length > 0
    }
    return { isPrevented, listeners, open: () => open?.() }
  }

  it('opens no window by itself', () => {
    expect(page().open()).toEqual({ action: 'deny' })
  })

  it('does not leave, by link or by redirect, and embeds no browser', () => {
    const { isPrevented } = page()
    expect(isPrevented('will-navigate', 'https://example.com/')).toBe(true)
    expect(isPrevented('will-redirect', 'https://example.com/')).toBe(true)
    expect(isPrevented('will-attach-webview')).toBe(true)
    expect(isPrevented('will-frame-navigate', { isMainFrame: false, url: 'app://colmeia/' })).toBe(true)
    expect(isPrevented('will-frame-navigate', { isMainFrame: true, url: 'app://door/door.html' })).toBe(true)
  })

  it('has one frame, by which files come in', () => {
    const { isPrevented } = page()
    expect(isPrevented('will-frame-navigate', { isMainFrame: false, url: 'app://door/door.html' })).toBe(false)
    expect(isPrevented('will-frame-navigate', { isMainFrame: false, url: 'https://example.com/' })).toBe(true)
  })

  it('may be reloaded', () => {
    const { isPrevented } = page()
    expect(isPrevented('will-navigate', 'app://colmeia/')).toBe(false)
    expect(isPrevented('will-frame-navigate', { isMainFrame: true, url: 'app://colmeia/' })).toBe(false)
  })
})

describe('a session', () => {
  function guarded() {
    const { on, fire } = recorder()
    const set = new Map<string, (...args: unknown[]) => unknown>()
    const keep = (name: string) => (handler: (...args: unknown[]) => unknown) => void set.set(name, handler)
    const session = {
      on,
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setCertificateVerifyProc: keep('certificate'),
      webRequest: { onBeforeRequest: keep('load') },
    }
    guardSession(session as unknown as Session, appOrigin)
    const answerTo = (name: string, ...args: unknown[]) => {
      const answer = vi.fn()
      set.get(name)?.(...args, answer)
      return answer.mock.calls[0]?.[0]
    }
    return { fire, answerTo, call: (name: string, ...args: unknown[]) => set.get(name)?.(...args) }
  }

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen', 'hid', 'unknown'])(
    'refuses %s',
    (permission) => {
      const { answerTo, call } = guarded()
      expect(answerTo('request', null, permission)).toBe(false)
      expect(call('check', null, permission)).toBe(false)
    },
  )

  it('lets a page write text to the clipboard', () => {
    const { answerTo, call } = guarded()
    expect(answerTo('request', null, 'clipboard-sanitized-write')).toBe(true)
    expect(call('check', null, 'clipboard-sanitized-write')).toBe(true)
  })

  it('gives no device, accepts no certificate, loads nothing remote', () => {
    const { answerTo, call, fire } = guarded()
    expect(call('device', {})).toBe(false)
    expect(answerTo('certificate', {})).toBe(-2)
    expect(answerTo('load', { url: 'https://example.com/a.js' })).toEqual({ cancel: true })
    expect(answerTo('load', { url: 'app://colmeia/a.js' })).toEqual({ cancel: false })
    const preventDefault = vi.fn()
    for (const name of ['select-hid-device', 'select-serial-port', 'select-usb-device']) {
      fire(name, { preventDefault })
    }
    expect(preventDefault).toHaveBeenCalledTimes(3)
  })

  it('lets the page save what it has made itself, and nothing else', () => {
    const { fire } = guarded()
    const preventDefault = vi.fn()
    const download = (url: string) => fire('will-download', { preventDefault }, { getURL: () => url })
    download('blob:app://colmeia/0b7c2f1e')
    expect(preventDefault).not.toHaveBeenCalled()
    for (const url of [
      'https://example.com/a.exe',
      'blob:https://example.com/1',
      'app://colmeia/a.js',
      'blob:app://colmeia.evil/1',
    ]) {
      download(url)
    }
    expect(preventDefault).toHaveBeenCalledTimes(4)
  })
})

describe('app://colmeia', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'app-'))
    mkdirSync(join(root, 'renderer', 'assets'), { recursive: true })
    writeFileSync(join(root, 'renderer', 'index.html'), '<script nonce="__CSP_NONCE__"></script>')
    writeFileSync(join(root, 'renderer', 'assets', 'a.js'), 'let a')
    writeFileSync(join(root, 'secret.js'), 'secret')
  })
  afterEach(() => rmSync(root, { recursive: true }))
  const get = (url: string, method = 'GET') => answerRequest(join(root, 'renderer'), { method, url })

  it('serves the page with a policy and a nonce of its own', async () => {
    const response = await get('app://colmeia/')
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
    expect(await response.text()).toBe(`<script nonce="${nonce}"></script>`)
  })

  it('serves the door to the window alone', async () => {
    writeFileSync(join(root, 'renderer', 'door.html'), '')
    const response = await get('app://door/door.html')
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors app://colmeia')
  })

  it('serves files with their kind and without sniffing', async () => {
    const response = await get('app://colmeia/assets/a.js')
    expect(await response.text()).toBe('let a')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    'app://colmeia/..%2fsecret.js',
    'app://colmeia/assets/..%2f..%2fsecret.js',
    'app://colmeia/assets',
    'app://colmeia/missing.js',
    'app://elsewhere/index.html',
  ])('serves nothing for %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('answers GET only', async () => {
    expect((await get('app://colmeia/', 'POST')).status).toBe(405)
  })
})
