import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isStale, stampOf } from '../build/stamps.ts'

let root = ''
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'colmeia-stamps-'))
  write('src/a.ts', 'a')
  write('src/deep/b.ts', 'b')
  write('config.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('a stamp', () => {
  const stamp = () => stampOf(root, ['src', 'config.json', 'absent'])

  it('changes with content, with a name, with a new file and with a file less', () => {
    const stamps = [stamp()]
    write('src/a.ts', 'A')
    stamps.push(stamp())
    write('src/c.ts', '')
    stamps.push(stamp())
    rmSync(join(root, 'src/deep/b.ts'))
    stamps.push(stamp())
    write('config.json', '{ }')
    stamps.push(stamp())
    expect(new Set(stamps).size).toBe(5)
  })

  it('does not change with times or with tests', () => {
    const before = stamp()
    utimesSync(join(root, 'src/a.ts'), 1, 1)
    write('src/a.test.ts', 'it()')
    expect(stamp()).toBe(before)
  })

  it('does not take one file for two, or a moved border between name and content for the same', () => {
    const before = stamp()
    rmSync(join(root, 'src/a.ts'))
    write('src/a.tsa', '')
    expect(stamp()).not.toBe(before)
  })
})

describe('a target', () => {
  const target = { name: 'app', inputs: ['src'], outputs: ['out/app.js'] }

  it('is stale when never built, when its sources changed, and when its output is gone', () => {
    write('out/app.js', '')
    expect(isStale(root, target, {}, 'x')).toBe(true)
    expect(isStale(root, target, { app: 'x' }, 'y')).toBe(true)
    expect(isStale(root, target, { app: 'x' }, 'x')).toBe(false)
    rmSync(join(root, 'out/app.js'))
    expect(isStale(root, target, { app: 'x' }, 'x')).toBe(true)
  })
})
