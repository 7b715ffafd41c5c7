import { describe, expect, it } from 'vitest'
import { isInstalledAsLocked, lockHash } from '../bootstrap/lock-file.mjs'

const react = { version: '19.3.1', integrity: 'sha512-a' }
const wanted = { packages: { '': { version: '0.1.0' }, 'node_modules/react': react } }

describe('the lock file', () => {
  it('has a hash that any change of it changes', () => {
    expect(lockHash('{}')).toBe(lockHash('{}'))
    expect(lockHash('{}')).not.toBe(lockHash('{} '))
  })

  it('is met by a folder with the same packages', () => {
    expect(isInstalledAsLocked(wanted, { packages: { 'node_modules/react': react } })).toBe(true)
  })

  it('is not met when a package is missing, another version, other bytes, or one too many', () => {
    expect(isInstalledAsLocked(wanted, { packages: {} })).toBe(false)
    expect(isInstalledAsLocked(wanted, {})).toBe(false)
    expect(isInstalledAsLocked(wanted, { packages: { 'node_modules/react': { ...react, version: '19.3.0' } } })).toBe(
      false,
    )
    expect(
      isInstalledAsLocked(wanted, { packages: { 'node_modules/react': { ...react, integrity: 'sha512-b' } } }),
    ).toBe(false)
    expect(isInstalledAsLocked(wanted, { packages: { 'node_modules/react': react, 'node_modules/left': react } })).toBe(
      false,
    )
  })

  it('lets optional packages be absent: they belong to other systems', () => {
    const withOptional = { packages: { ...wanted.packages, 'node_modules/fsevents': { ...react, optional: true } } }
    expect(isInstalledAsLocked(withOptional, { packages: { 'node_modules/react': react } })).toBe(true)
  })
})
