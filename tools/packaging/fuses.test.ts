import { describe, expect, it } from 'vitest'
import { builderFuses, fuseComplaints, fuseNames, intendedFuses, readWires, setLateFuses } from './fuses.ts'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const intended = intendedFuses({ platform: 'linux', canInspect: true })

/** A binary with one wire for each text; '0' is off, '1' is on, 'r' is removed. */
function binaryWith(...wires: readonly string[]): Buffer {
  return Buffer.concat(
    wires.flatMap((wire) => [
      Buffer.from('code before '),
      Buffer.from(sentinel),
      Buffer.from([1, wire.length]),
      Buffer.from(wire),
      Buffer.from(' code after'),
    ]),
  )
}

describe('a fuse wire', () => {
  it('is read from between code, with its version and the state of each fuse', () => {
    expect(readWires(binaryWith('10r?'))).toEqual([{ version: 1, states: ['on', 'off', 'removed', 'unknown'] }])
  })

  it('is read twice from a binary for two processors', () => {
    expect(readWires(binaryWith('10', '01')).map((wire) => wire.states)).toEqual([
      ['on', 'off'],
      ['off', 'on'],
    ])
  })
})

describe('complaints about fuses', () => {
  it('are none when each is as intended, also when Electron is too old to have all of them', () => {
    expect(fuseComplaints(readWires(binaryWith('000101001')), intended)).toEqual([])
    expect(fuseComplaints(readWires(binaryWith('0001010')), intended)).toEqual([])
  })

  it('name each fuse that is not as intended, in every wire', () => {
    expect(fuseComplaints(readWires(binaryWith('1001010', '0001000')), intended)).toEqual([
      'runAsNode is on and should be off',
      'onlyLoadAppFromAsar is off and should be on',
    ])
  })

  it('name a fuse that nobody has decided about', () => {
    expect(fuseComplaints(readWires(binaryWith('0001010011')), intended)).toEqual([
      'fuse 10 is on and nobody has decided about it',
    ])
  })

  it('pass over a fuse that Electron has taken out', () => {
    expect(fuseComplaints(readWires(binaryWith('r001010')), intended)).toEqual([])
  })

  it('refuse a binary without a wire, and a wire of another version', () => {
    expect(fuseComplaints(readWires(Buffer.from('no wire here')), intended)).toEqual(['the binary has no fuse wire'])
    const other = binaryWith('0001010')
    other[other.indexOf(sentinel) + sentinel.length] = 2
    expect(fuseComplaints(readWires(other), intended)).toEqual(['the fuse wire has version 2, and 1 is known'])
  })
})

describe('fuses for electron-builder', () => {
  it('are as many as the wire is long, and never one that it does not know', () => {
    expect(Object.keys(builderFuses(readWires(binaryWith('1011000')), intended))).toEqual(fuseNames.slice(0, 7))
    expect(Object.keys(builderFuses(readWires(binaryWith('101100011')), intended))).toEqual(fuseNames.slice(0, 8))
  })

  it('leave the younger ones to us, who set those and nothing else', () => {
    const binary = binaryWith('101100010', '101100010')
    expect(setLateFuses(binary, intended)).toBe(true)
    expect(binary.equals(binaryWith('101100011', '101100011'))).toBe(true)
  })

  it('are all there in an old Electron, whose file then stays untouched', () => {
    const binary = binaryWith('1011000')
    expect(setLateFuses(binary, intended)).toBe(false)
    expect(binary.equals(binaryWith('1011000'))).toBe(true)
  })
})

describe('what we intend', () => {
  it('lets a debugger into a test build and not into a release, and differs in nothing else', () => {
    const release = intendedFuses({ platform: 'linux', canInspect: false })
    expect(intended.enableNodeCliInspectArguments).toBe(true)
    expect(release).toEqual({ ...intended, enableNodeCliInspectArguments: false })
  })

  it('has the archive checked where Electron can', () => {
    const isChecked = (['darwin', 'win32', 'linux'] as const).map(
      (platform) => intendedFuses({ platform, canInspect: false }).enableEmbeddedAsarIntegrityValidation,
    )
    expect(isChecked).toEqual([true, true, false])
  })
})
