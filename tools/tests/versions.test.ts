import { describe, expect, it } from 'vitest'
import { compareVersions, isRightNode, nodePackageFor } from '../bootstrap/versions.mjs'

describe('versions', () => {
  it('compares numbers, not text', () => {
    expect(compareVersions('22.9.0', '22.12.0')).toBeLessThan(0)
    expect(compareVersions('v24.0.0', '22.12.0')).toBeGreaterThan(0)
    expect(compareVersions('24.21.0-nightly1', '24.21.0')).toBe(0)
    expect(compareVersions('24', '24.0.0')).toBe(0)
  })

  it('takes only a Node that runs .ts files without a flag', () => {
    expect(['18.20.8', '20.20.2', '22.11.0', '22.17.1', '23.5.0'].map(isRightNode)).toEqual(Array(5).fill(false))
    expect(['22.18.0', '23.6.0', '24.21.0', '26.1.0'].map(isRightNode)).toEqual(Array(4).fill(true))
  })

  it('knows a Node for each system that is supported, itself new enough', () => {
    for (const system of ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64']) {
      const [platform = '', arch = ''] = system.split('-')
      const found = nodePackageFor(platform, arch)
      expect(found, system).not.toBeNull()
      expect(isRightNode(found?.version ?? '0'), system).toBe(true)
      expect(found?.binary).toBe(platform === 'win32' ? 'bin/node.exe' : 'bin/node')
    }
    expect(nodePackageFor('linux', 'riscv64')).toBeNull()
  })
})
