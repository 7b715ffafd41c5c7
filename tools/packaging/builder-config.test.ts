import { describe, expect, it } from 'vitest'
import { type BuildFacts, builderConfig } from './builder-config.ts'
import { intendedFuses } from './fuses.ts'

const facts: BuildFacts = {
  flavour: 'release',
  platform: 'linux',
  version: '1.2.3',
  electron: { version: '45.2.3', dist: '/electron', wires: [{ version: 1, states: Array(9).fill('on') }] },
  fuses: intendedFuses({ platform: 'linux', canInspect: false }),
  nodeBinary: null,
  hasIcon: true,
}

describe('the configuration of a package', () => {
  it('has an installer for each of the three systems', () => {
    const { linux, mac, win } = builderConfig(facts)
    expect([linux?.target, mac?.target, win?.target]).toEqual([['AppImage', 'deb'], ['dmg'], ['nsis']])
  })

  it('says every fuse that electron-builder knows', () => {
    expect(Object.values(builderConfig(facts).electronFuses ?? {})).toHaveLength(8)
  })

  it.each([
    ['linux', ['darwin', 'win32']],
    ['darwin', ['linux', 'linuxmusl', 'win32']],
    ['win32', ['darwin', 'linux', 'linuxmusl']],
  ] as const)('leaves the binaries of other systems out on %s', (platform, others) => {
    const files = builderConfig({ ...facts, platform }).files as string[]
    const prebuilds = files.flatMap((file) => /prebuilds\/(\w+)-/.exec(file)?.[1] ?? [])
    expect(prebuilds).toEqual(others)
  })

  it('carries a Node in a stand-in build and none otherwise', () => {
    const standIn = builderConfig({ ...facts, flavour: 'stand-in', nodeBinary: '/node' })
    expect(standIn.extraResources).toEqual([{ from: '/node', to: 'node/bin/node' }])
    expect(builderConfig(facts).extraResources).toEqual([])
  })

  it.each(['stand-in', 'test'] as const)('marks a %s build in its names, its data and its folder', (flavour) => {
    const config = builderConfig({ ...facts, flavour })
    expect(config.productName).toBe('Colmeia (not a release)')
    expect(config.extraMetadata).toMatchObject({ version: `1.2.3-${flavour}`, colmeiaBuild: flavour })
    expect(config.appId).not.toBe(builderConfig(facts).appId)
    expect(JSON.stringify(config.extraFiles)).toContain('NOT-A-RELEASE.txt')
    expect(JSON.stringify(builderConfig(facts))).not.toMatch(/not.a.release/i)
  })

  it('publishes nothing', () => {
    expect(builderConfig(facts).publish).toBe(null)
  })
})
