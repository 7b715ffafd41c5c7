import { describe, expect, it } from 'vitest'
import { namesOf } from './names.ts'
import { planDist } from './plan.ts'

const official = { official: true, version: '45.2.3' }
const standIn = { official: false, version: '25.1.1' }

describe('npm run dist', () => {
  it('makes a build for tests unless a release is asked for', () => {
    expect(planDist([], official)).toEqual({ flavour: 'test', makesInstallers: false })
    expect(planDist(['--release'], official)).toEqual({ flavour: 'release', makesInstallers: false })
  })

  it('makes installers of a release only', () => {
    expect(planDist(['--installers'], official)).toEqual({ flavour: 'release', makesInstallers: true })
  })

  it('makes a stand-in build where there is no official Electron, and nothing for other people', () => {
    expect(planDist([], standIn)).toEqual({ flavour: 'stand-in', makesInstallers: false })
    expect(() => planDist(['--installers'], standIn)).toThrow(
      'Installers are not made with the stand-in Electron 25.1.1: it is for development and tests only.',
    )
    expect(() => planDist(['--release'], standIn)).toThrow('A release is not made with the stand-in Electron 25.1.1')
    expect(() => planDist(['--release', '--installers'], standIn)).toThrow('Installers are not made')
  })

  it('names a word that it does not know, so that a slip of the pen is not taken for a build', () => {
    expect(() => planDist(['--instalers'], official)).toThrow(
      'unknown: --instalers; there are --release and --installers',
    )
  })
})

describe('the names of a build', () => {
  it('are plain for a release', () => {
    expect(namesOf('release', '1.2.3')).toEqual({
      productName: 'Colmeia',
      executableName: 'colmeia',
      version: '1.2.3',
    })
  })

  it.each(['stand-in', 'test'] as const)('say it wherever one looks when it is a %s build', (flavour) => {
    expect(namesOf(flavour, '1.2.3')).toEqual({
      productName: 'Colmeia (not a release)',
      executableName: 'colmeia-not-a-release',
      version: `1.2.3-${flavour}`,
    })
  })
})
