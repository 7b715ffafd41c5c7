import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands, hasDisplay, helpText, needsOf, parseCommandLine } from '../bootstrap/command-line.mjs'
import { cacheDirFor, root } from '../bootstrap/places.mjs'
import { mannersFor } from '../bootstrap/system.mjs'

describe('the command line', () => {
  it('hands a command its own arguments and keeps --setup-only to itself, wherever it stands', () => {
    const plain = { kind: 'run', command: 'sim', args: ['--seed', '7'], setupOnly: false }
    expect(parseCommandLine(['sim', '--seed', '7'])).toEqual(plain)
    expect(parseCommandLine(['test', '--setup-only'])).toEqual({
      kind: 'run',
      command: 'test',
      args: [],
      setupOnly: true,
    })
    expect(parseCommandLine(['--setup-only', 'test'])).toEqual(parseCommandLine(['test', '--setup-only']))
    expect(parseCommandLine(['--setup-only'])).toEqual({ kind: 'setup' })
  })

  it('does not know a command that is not in the list, or that every object has', () => {
    expect(parseCommandLine([])).toEqual({ kind: 'unknown', command: null })
    expect(parseCommandLine(['nope'])).toEqual({ kind: 'unknown', command: 'nope' })
    expect(parseCommandLine(['constructor'])).toEqual({ kind: 'unknown', command: 'constructor' })
  })

  it('is what the npm scripts call, one by one', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const name of Object.keys(commands)) expect(scripts[name]).toBe(`node tools/bootstrap.mjs ${name}`)
    for (const name of Object.keys(commands)) expect(helpText()).toContain(`  ${name}`)
  })

  it('has a script for every command but the packager, which comes later', () => {
    const absent = Object.keys(commands).filter((name) => !existsSync(join(root, 'tools', 'commands', `${name}.ts`)))
    expect(absent.filter((name) => name !== 'dist')).toEqual([])
  })
})

describe('what a command needs', () => {
  it('is nothing for start without a display: the headless shell opens no window', () => {
    expect(needsOf('start', { platform: 'linux', hasDisplay: false })).toEqual([])
    expect(needsOf('start', { platform: 'linux', hasDisplay: true })).toEqual(['electron'])
  })

  it('is everything for a bare set-up, and never a Linux package elsewhere', () => {
    expect(needsOf(null, { platform: 'linux', hasDisplay: false })).toEqual([
      'electron',
      'display',
      'strace',
      'pdf',
      'namespaces',
    ])
    expect(needsOf('test', { platform: 'darwin', hasDisplay: true })).toEqual(['electron'])
  })

  it('counts Wayland as a display, and every Mac as one', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('darwin', {})).toBe(true)
  })
})

describe('system packages', () => {
  const root = { isRoot: true, canBecomeRoot: false, hasTerminal: true, isCi: false }
  const person = { isRoot: false, canBecomeRoot: true, hasTerminal: true, isCi: false }

  it('are installed without a question by root in tests, in CI and where nobody sits', () => {
    expect(mannersFor({ ...root, command: 'test' })).toBe('install')
    expect(mannersFor({ ...root, command: 'start', isCi: true })).toBe('install')
    expect(mannersFor({ ...root, command: 'start', hasTerminal: false })).toBe('install')
  })

  it('wait for a yes where a person sits', () => {
    expect(mannersFor({ ...root, command: 'start' })).toBe('ask')
    expect(mannersFor({ ...person, command: 'test' })).toBe('ask')
  })

  it('are only named where nobody could answer or nobody may install', () => {
    expect(mannersFor({ ...person, command: 'test', hasTerminal: false })).toBe('explain')
    expect(mannersFor({ ...person, command: 'test', canBecomeRoot: false })).toBe('explain')
    expect(mannersFor({ ...person, command: 'test', isCi: true })).toBe('explain')
  })
})

describe('the cache folder', () => {
  it('is where each system keeps such things', () => {
    expect(cacheDirFor('linux', {}, '/home/ana')).toBe(join('/home/ana', '.cache', 'colmeia'))
    expect(cacheDirFor('linux', { XDG_CACHE_HOME: '/var/c' }, '/home/ana')).toBe(join('/var/c', 'colmeia'))
    expect(cacheDirFor('darwin', {}, '/Users/ana')).toBe(join('/Users/ana', 'Library', 'Caches', 'colmeia'))
  })
})
