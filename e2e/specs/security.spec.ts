import { expect, test } from '../fixtures/test.ts'
import { Notary } from '../pages/notary.ts'

/** Electron's own security list, asserted on the running window. */
test.describe('the window', () => {
  test.use({ systems: [] })

  test('is sandboxed, isolated and without Node', async ({ lab }) => {
    const preferences = await lab.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined) throw new Error('no window is open')
      // getLastWebPreferences is not in Electron's types, yet it is what Electron really applied.
      return (
        window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
    expect(preferences.webviewTag ?? false).toBe(false)
    expect(preferences.allowRunningInsecureContent ?? false).toBe(false)
    expect(preferences.experimentalFeatures ?? false).toBe(false)
    expect(preferences.enableBlinkFeatures ?? '').toBe('')
    expect(preferences.nodeIntegrationInSubFrames ?? false).toBe(false)
    expect(
      await lab.page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
    ).toEqual([])
  })

  test('shows the preload as two functions and a word', async ({ lab }) => {
    expect(await lab.page.evaluate(() => Object.keys(window.colmeia!).sort())).toEqual(['call', 'carrier', 'on'])
  })

  test('comes from its own scheme with a strict content policy', async ({ lab }) => {
    expect(lab.page.url()).toMatch(/^app:\/\/colmeia\//)
    const policy = await lab.page.evaluate(
      async () => (await fetch('/index.html')).headers.get('content-security-policy') ?? '',
    )
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe')
    const ran = await lab.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.wasInjected = true'
      document.head.append(script)
      return 'wasInjected' in window
    })
    expect(ran).toBe(false)
  })

  test('serves nothing outside its own folder', async ({ lab }) => {
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '//etc/passwd',
      '/assets/..%5c..%5cpackage.json',
    ]
    const answers = await lab.page.evaluate(
      (tried) =>
        Promise.all(
          tried.map(async (path) => ({
            path,
            text: await fetch(path).then(
              (answer) => answer.text(),
              () => '',
            ),
          })),
        ),
      paths,
    )
    for (const { path, text } of answers) expect(text, path).not.toMatch(/"name":\s*"colmeia"|root:/)
  })

  test('goes nowhere else and opens nothing', async ({ lab }) => {
    const url = lab.page.url()
    await lab.page.evaluate(() => {
      window.open('https://example.com/')
      location.href = 'https://example.com/'
    })
    await expect.poll(() => lab.page.evaluate(() => document.readyState)).toBe('complete')
    expect(lab.page.url()).toBe(url)
    expect(lab.app.windows().length).toBe(1)
  })

  test('is given no permission', async ({ lab }) => {
    const states = await lab.page.evaluate(() =>
      Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      ),
    )
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied'])
  })

  test.describe('with nodes behind it', () => {
    test.use({ systems: ['notary'] })

    test('has one frame, in a process of its own and without the preload', async ({ lab }) => {
      const notary = new Notary(lab.page)
      await notary.open()
      const door = await notary.doorFrame()
      expect(door.url()).toBe('app://door/door.html')
      expect(await door.evaluate(() => 'colmeia' in window)).toBe(false)
      const processes = await lab.app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        return window?.webContents.mainFrame.framesInSubtree.map(({ osProcessId }) => osProcessId)
      })
      expect(new Set(processes).size).toBe(2)
    })

    test('gets a coded refusal for garbage', async ({ lab, overview }) => {
      await overview.waitUntilUp()
      const answers = await lab.page.evaluate(async () => {
        const call = window.colmeia!.call as (name: string, input: unknown) => Promise<unknown>
        return [
          await call('topology.get', { extra: 1 }),
          await call('nodes.start', { nodeId: '../../etc' }),
          await call('nodes.start', { nodeId: 'nobody-1' }),
          await call('faults.inject', { fault: { kind: 'meteor' }, forMs: 1 }),
          await call('nodes.tables', { nodeId: 'x'.repeat(1_000_000) }),
        ]
      })
      const codes = answers.map((answer) => (answer as { failure?: { code?: string } }).failure?.code)
      expect(codes).toEqual(['bad-request', 'bad-request', 'unknown-node', 'bad-request', 'too-large'])
      await overview.waitUntilUp()
    })

    test('cannot be opened twice on one lab', async ({ lab, overview }) => {
      await overview.waitUntilUp()
      const { LabProcess } = await import('../fixtures/lab-process.ts')
      await expect(LabProcess.launch({ home: lab.home })).rejects.toThrow()
      await overview.waitUntilUp()
    })
  })
})
