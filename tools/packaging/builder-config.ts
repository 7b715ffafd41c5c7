/** What electron-builder is told. Pure: it reads nothing, so a test can look at it for every system. */

import type { Configuration } from 'electron-builder'
import { builderFuses, type FuseSettings, type FuseWire } from './fuses.ts'
import { namesOf } from './names.ts'
import { type Flavour, outputOf } from './plan.ts'

export interface BuildFacts {
  readonly flavour: Flavour
  readonly platform: NodeJS.Platform
  readonly version: string
  readonly electron: { readonly version: string; readonly dist: string; readonly wires: readonly FuseWire[] }
  readonly fuses: FuseSettings
  /** The Node that a stand-in build carries for its nodes; null where Electron runs them itself. */
  readonly nodeBinary: string | null
  readonly hasIcon: boolean
}

const otherSystems: Readonly<Record<string, readonly string[]>> = {
  linux: ['darwin', 'win32'],
  darwin: ['linux', 'linuxmusl', 'win32'],
  win32: ['darwin', 'linux', 'linuxmusl'],
}

// Nobody has published Colmeia yet. Debian's package format insists on both, and these cannot be mistaken for real.
const maintainer = 'the Colmeia authors <authors@colmeia.invalid>'
const homepage = 'https://colmeia.invalid'

export function builderConfig(facts: BuildFacts): Configuration {
  const { flavour, electron } = facts
  const { productName, executableName, version } = namesOf(flavour, facts.version)
  return {
    appId: flavour === 'release' ? 'org.colmeia.app' : 'org.colmeia.not-a-release',
    productName,
    extraMetadata: { productName, version, homepage, desktopName: `${executableName}.desktop`, colmeiaBuild: flavour },
    directories: { output: outputOf(flavour), buildResources: 'assets' },
    electronVersion: electron.version,
    electronDist: electron.dist,
    electronFuses: builderFuses(electron.wires, facts.fuses),
    // The native modules carry prebuilt binaries that fit every Electron and Node; a compiler is not needed.
    npmRebuild: false,
    asar: true,
    // Smart unpacking looks for binaries only and would leave cmake-ts, which loads zeromq, inside the archive.
    asarUnpack: ['out/workers/**', '**/*.node', 'node_modules/{zeromq,cmake-ts,better-sqlite3}/**'],
    files: filesOf(facts.platform, facts.hasIcon),
    // Beside the program, where people find it and copy it to wherever it is needed.
    extraFiles: [
      { from: 'LICENSE', to: 'LICENSE.colmeia.txt' },
      { from: 'out/verify-page/verify.html', to: 'verify.html' },
      ...warning(flavour),
    ],
    // electron/launchers/choose-launcher.ts looks for it there, and nowhere else.
    extraResources: facts.nodeBinary === null ? [] : [{ from: facts.nodeBinary, to: 'node/bin/node' }],
    publish: null,
    ...installers(executableName),
  }
}

/** Only what runs: sources of native modules and the binaries of other systems would be two thirds of the whole. */
function filesOf(platform: NodeJS.Platform, hasIcon: boolean): string[] {
  const others = otherSystems[platform] ?? []
  return [
    'out/{main,preload,renderer,workers}/**',
    ...(hasIcon ? ['assets/icon.png'] : []),
    'package.json',
    '!out/renderer/**/*.map',
    '!node_modules/**/*.{map,md,d.ts,d.mts,tsbuildinfo}',
    '!node_modules/better-sqlite3/{deps,src,binding.gyp}{,/**}',
    '!node_modules/zeromq/{src,script,CMakeLists.txt,vcpkg.json,tsconfig.json}{,/**}',
    // Its loader is all that zeromq needs at run time; the rest compiles C++.
    '!node_modules/cmake-ts/src{,/**}',
    '!node_modules/cmake-ts/build/{main,lib}.*',
    '!node_modules/node-addon-api{,/**}',
    ...others.flatMap((system) => [
      `!node_modules/zeromq/build/${system}{,/**}`,
      `!node_modules/better-sqlite3/prebuilds/${system}-*.node`,
    ]),
  ]
}

function warning(flavour: Flavour): { from: string; to: string }[] {
  return flavour === 'release' ? [] : [{ from: 'tools/packaging/not-a-release.txt', to: 'NOT-A-RELEASE.txt' }]
}

/** Used by `--installers` alone, on a machine that can fetch the tools of its system. */
function installers(executableName: string): Configuration {
  return {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    artifactName: 'colmeia-${version}-${os}-${arch}.${ext}',
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Education',
      synopsis: 'Four distributed systems in one window',
      maintainer,
      executableName,
      // Desktops tie a running window to its icon by this name.
      syncDesktopName: true,
    },
    deb: { depends: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'] },
    mac: { target: ['dmg'], category: 'public.app-category.education', darkModeSupport: true },
    win: { target: ['nsis'] },
    // People choose the folder, no administrator is needed, and what they made stays when the program goes.
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
  }
}
