/**
 * Does `node_modules` hold what `package-lock.json` asks for? Pure.
 *
 * @typedef {{ readonly version?: string, readonly integrity?: string, readonly optional?: boolean, readonly link?: boolean }} LockedPackage
 * @typedef {{ readonly packages?: Readonly<Record<string, LockedPackage>> }} LockFile
 */

import { createHash } from 'node:crypto'

/**
 * @param {string} lockText
 * @returns {string}
 */
export function lockHash(lockText) {
  return createHash('sha256').update(lockText).digest('hex')
}

/**
 * npm keeps in `node_modules/.package-lock.json` what it put there. When every package of the lock file stands in it
 * at the same version, somebody ran npm by hand and no second install is due: `npm ci` would empty the folder under
 * the feet of every program that is running from it. Optional packages may be absent, they are of other systems.
 *
 * @param {LockFile} wanted
 * @param {LockFile} installed
 * @returns {boolean}
 */
export function isInstalledAsLocked(wanted, installed) {
  const present = installed.packages ?? {}
  const asked = wanted.packages ?? {}
  const complete = Object.entries(asked).every(([place, locked]) => {
    if (place === '') return true
    const found = present[place]
    if (found === undefined) return locked.optional === true
    return found.version === locked.version && found.integrity === locked.integrity
  })
  return complete && Object.keys(present).every((place) => Object.hasOwn(asked, place))
}
