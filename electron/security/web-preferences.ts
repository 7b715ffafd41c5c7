import type { WebPreferences } from 'electron'

/** What every window of ours is made with. The page is treated like a page from the internet, though it is our own. */
export function safePreferences(preload: string) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    // Nothing of ours blocks on a dialog of the page, and a page that asks again and again is not ours.
    disableDialogs: true,
    safeDialogs: true,
  } as const satisfies WebPreferences
}
