/**
 * The program inside the stand-in Electron: it opens the app folder named on the command line, as the official
 * `electron <folder>` does. Test runners put switches before the folder, so the first word that is not one is taken.
 */

const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')

// These switches take the next word as their value; that word is not the app folder.
const switchesWithValue = new Set(['-r', '--require'])

function split(words) {
  const preloads = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (switchesWithValue.has(word)) {
      index += 1
      preloads.push(words[index])
    } else if (!word.startsWith('-')) {
      return { preloads, folder: path.resolve(word) }
    }
  }
  return { preloads, folder: null }
}

function open(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const name = manifest.productName ?? manifest.name
  app.setName(name)
  app.setVersion(manifest.version)
  app.setAppPath(folder)
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', path.join(app.getPath('appData'), name))
  process.defaultApp = true
  require(path.resolve(folder, manifest.main ?? 'index.js'))
}

const { preloads, folder } = split(process.argv.slice(1))
if (folder === null) {
  process.stderr.write('usage: electron [switches] <app folder>\n')
  app.exit(2)
} else {
  for (const file of preloads) require(path.resolve(file))
  try {
    open(folder)
  } catch (error) {
    // Without this, Electron shows a dialog nobody can close on a machine without a display.
    process.stderr.write(`${error.stack}\n`)
    app.exit(1)
  }
}
