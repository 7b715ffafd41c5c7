import { join } from 'node:path'
import { app, dialog, ipcMain, Menu, nativeTheme, protocol, session } from 'electron'
import { type ControlServer, claimLab } from '#host/control-server'
import { startDemo } from '#host/demo'
import { dataDirHere, defaultLab, labDirIn } from '#host/places'
import { languageOf } from '#host/settings-file'
import type { FailureCode } from '#kit/failures'
import { drawBoundary, surviveCrashes } from './crash-boundary.ts'
import { whenUsable } from './first-use.ts'
import { type PageCarrier, serveWindows } from './ipc/serve-windows.ts'
import { describe, openLog } from './log.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { type OpenLab, openLab } from './open-lab.ts'
import { endLab, type QuitParts, stopBeforeQuit } from './quit.ts'
import { refusalWords } from './refusal-words.ts'
import { registerAppScheme, serveApp } from './security/app-protocol.ts'
import { guardContents } from './security/guard-contents.ts'
import { guardSession } from './security/guard-session.ts'
import { pageOrigin } from './security/origin.ts'
import { followSettings, groundColor } from './settings/appearance.ts'
import { makeSignals } from './signals.ts'
import { Windows } from './windows/windows.ts'

const dataDir = dataDirHere()
const log = openLog(join(dataDir, 'logs', 'shell.log'))
const signal = makeSignals(process.env, (line) => process.stdout.write(line))
const origin = pageOrigin({ isPackaged: app.isPackaged, devUrl: process.env.ELECTRON_RENDERER_URL })

app.setPath('userData', dataDir)
// What Chromium keeps has a folder of its own, apart from what people would want to keep or copy.
app.setPath('sessionData', join(dataDir, 'browser'))
// Root cannot have Chromium's sandbox, and whoever starts us as root says --no-sandbox. Pages are isolated all the same.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
app.on('web-contents-created', (_event, contents) => guardContents(contents, origin))
app.on('session-created', (created) => guardSession(created, origin))
app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
  event.preventDefault()
  answer(false)
})
surviveCrashes(app, log)

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log(`bug at the start: ${describe(error)}`)
    app.exit(1)
  })
} else app.quit()

async function start(): Promise<void> {
  const claimed = await claimLab(labDirIn(dataDir, defaultLab))
  await app.whenReady()
  if (!claimed.ok) return refuse(claimed.failure.code, claimed.failure.message)
  run(claimed.value)
}

function run(control: ControlServer): void {
  let carrier: PageCarrier | null = null
  const use = whenUsable(() => void beginDemo(lab))
  const windows = new Windows({
    preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
    origin,
    statePath: join(dataDir, 'window.json'),
    icon: process.platform === 'linux' ? join(app.getAppPath(), 'assets', 'icon.png') : null,
    backgroundColor: () => groundColor(nativeTheme),
    onOpened: (contents) => carrier?.attach(contents),
    onReadyToShow: use.seen,
  })
  const lab = openLab({ app, dataDir, control, log, openWindow: (route) => windows.openRoute(route) })
  endWith(lab, windows)
  carrier = serveWindows(ipcMain, lab.host, { origin, pages: () => windows.pages(), onCall: use.spoke })
  serveApp(protocol, join(app.getAppPath(), 'out', 'renderer'))
  guardSession(session.defaultSession, origin)
  dress(lab, windows)
  windows.openMain()
  app.on('second-instance', () => windows.show())
  app.on('activate', () => windows.show())
}

async function beginDemo({ lab, settings }: OpenLab): Promise<void> {
  signal({ signal: 'window-usable', ms: msSinceStart() })
  if (!settings.settings.startsDemo) return
  const started = await startDemo(lab)
  if (started.ok) signal({ signal: 'demo-running', ms: msSinceStart() })
  else log(`the demo did not start: ${started.failure.code} ${started.failure.message}`)
}

function dress({ settings }: OpenLab, windows: Windows): void {
  followSettings({
    system: nativeTheme,
    settings,
    setBackground: (color) => windows.setBackground(color),
    setMenu(language, theme) {
      const template = menuTemplate({
        language,
        theme,
        isMac: process.platform === 'darwin',
        isDeveloping: !app.isPackaged,
        chooseTheme: (chosen) => void settings.change({ theme: chosen }),
        chooseLanguage: (chosen) => void settings.change({ language: chosen }),
      })
      Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    },
  })
}

function endWith(lab: OpenLab, windows: Windows): void {
  const parts: QuitParts = {
    closeWindows: () => windows.closeAll(),
    stop: () => lab.stop(),
    killAll: () => lab.launcher.killAll(),
    log,
  }
  stopBeforeQuit(app, parts)
  drawBoundary({
    log,
    async dieInOrder() {
      await endLab(parts)
      app.exit(1)
    },
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => app.quit())
}

/** The lab cannot be had: most likely another shell runs it. There is no page yet that could say so. */
async function refuse(code: FailureCode, message: string): Promise<void> {
  log(`${code}: ${message}`)
  signal({ signal: 'refused', code })
  const language = languageOf(process.env.COLMEIA_LANG ?? app.getLocale())
  const { title, advice } = refusalWords(language, code)
  await dialog.showMessageBox({ type: 'error', title: 'Colmeia', message: title, detail: `${advice}\n\n${code}` })
  app.exit(1)
}

function msSinceStart(): number {
  return Math.round(performance.now())
}
