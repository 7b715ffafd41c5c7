/** Electron's fuses: switches in the binary itself, flipped once while packaging. Pure: bytes in, values out. */

/** Every fuse there is, in the order of the wire. A newer Electron has a longer wire; an old one stops earlier. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const

export type FuseName = (typeof fuseNames)[number]
export type FuseState = 'on' | 'off' | 'removed' | 'unknown'
export type FuseSettings = Readonly<Record<FuseName, boolean>>

export interface FuseWire {
  readonly version: number
  readonly states: readonly FuseState[]
}

export interface FuseNeeds {
  readonly platform: NodeJS.Platform
  /** Test runners drive the program through `--inspect`; without this fuse they wait for ever. */
  readonly canInspect: boolean
}

/** electron-builder 26 knows the fuses before this one; from here on we write them ourselves. */
export const firstLateFuse = 8
export const wireVersion = 1

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const stateOfByte: Readonly<Record<number, FuseState>> = { 48: 'off', 49: 'on', 114: 'removed' }

/** No fuse is left as Electron ships it: each value here is a decision. */
export function intendedFuses({ platform, canInspect }: FuseNeeds): FuseSettings {
  return {
    // Nodes are utility processes or run on a plain Node; nothing of ours needs Electron to pose as one.
    runAsNode: false,
    // Our pages have no cookies, and the key would make macOS ask people for their keychain.
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: canInspect,
    // Electron checks the archive on these two; elsewhere no checksum is built in that it could be held against.
    enableEmbeddedAsarIntegrityValidation: platform === 'darwin' || platform === 'win32',
    onlyLoadAppFromAsar: true,
    // We ship no snapshot of our own, and Electron would not start without one.
    loadBrowserProcessSpecificV8Snapshot: false,
    // The window comes from our own scheme, never from file://.
    grantFileProtocolExtraPrivileges: false,
    wasmTrapHandlers: true,
  }
}

/** One wire, or two in a universal macOS binary, which holds the program once per processor. */
export function readWires(binary: Buffer): readonly FuseWire[] {
  return wirePlaces(binary).map((start) => {
    const bytes = [...binary.subarray(start + 2, start + 2 + (binary[start + 1] ?? 0))]
    return { version: binary[start] ?? 0, states: bytes.map((byte) => stateOfByte[byte] ?? 'unknown') }
  })
}

/** What is wrong with a binary's fuses, one sentence each; none when every fuse is as intended. */
export function fuseComplaints(wires: readonly FuseWire[], intended: FuseSettings): readonly string[] {
  if (wires.length === 0) return ['the binary has no fuse wire']
  return wires.flatMap(({ version, states }) => {
    if (version !== wireVersion) return [`the fuse wire has version ${version}, and ${wireVersion} is known`]
    return states.flatMap((state, index) => complaintOf(state, index, intended))
  })
}

function complaintOf(state: FuseState, index: number, intended: FuseSettings): readonly string[] {
  const name = fuseNames[index]
  if (name === undefined) return [`fuse ${index + 1} is ${state} and nobody has decided about it`]
  const wanted = intended[name] ? 'on' : 'off'
  // A fuse that Electron has taken out does nothing in either state.
  return state === wanted || state === 'removed' ? [] : [`${name} is ${state} and should be ${wanted}`]
}

/** The settings that electron-builder takes: it refuses a fuse that the wire of this Electron is too short for. */
export function builderFuses(wires: readonly FuseWire[], intended: FuseSettings): Partial<FuseSettings> {
  const length = Math.min(firstLateFuse, ...wires.map((wire) => wire.states.length))
  return Object.fromEntries(fuseNames.slice(0, length).map((name) => [name, intended[name]]))
}

/** Sets, in place, the fuses that are younger than electron-builder; answers whether there were any. */
export function setLateFuses(binary: Buffer, intended: FuseSettings): boolean {
  let isChanged = false
  for (const start of wirePlaces(binary)) {
    const length = Math.min(binary[start + 1] ?? 0, fuseNames.length)
    for (let index = firstLateFuse; index < length; index += 1) {
      const name = fuseNames[index]
      const place = start + 2 + index
      if (name === undefined || stateOfByte[binary[place] ?? 0] === 'removed') continue
      binary[place] = intended[name] ? 49 : 48
      isChanged = true
    }
  }
  return isChanged
}

function wirePlaces(binary: Buffer): readonly number[] {
  const places: number[] = []
  for (let found = binary.indexOf(sentinel); found !== -1; found = binary.indexOf(sentinel, found + 1)) {
    places.push(found + sentinel.length)
  }
  return places
}
