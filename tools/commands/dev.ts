import { root } from '../bootstrap/places.mjs'
import { handOver } from '../bootstrap/processes.mjs'
import { buildStale, forgetTarget } from '../build/build.ts'
import { runCommand } from '../run/command.ts'
import { chosenElectron, electronEnv, rootPath, sandboxSwitches } from '../run/electron.ts'

await runCommand(async (args) => {
  // electron-vite builds and watches the window; the nodes it does not know are built here, once.
  await buildStale(['worker', 'sim'])
  forgetTarget('app')
  const script = rootPath('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const sandbox = sandboxSwitches().length > 0 ? { NO_SANDBOX: '1' } : {}
  const env = { ...electronEnv(), ELECTRON_EXEC_PATH: chosenElectron().path, ...sandbox }
  return handOver(process.execPath, [script, 'dev', '--watch', '--', '--disable-gpu', ...args], { cwd: root, env })
})
