import type { AppInfo } from '#contract/window/settings'

/** What a shell of a test says of itself. */
export const info: AppInfo = {
  version: '0',
  shell: 'headless',
  notice: null,
  versions: { node: '24', electron: null, chrome: null },
  launcher: 'child-process',
  lab: 'lab',
  dataDir: '/nowhere',
}
