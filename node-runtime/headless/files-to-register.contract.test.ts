import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesToRegister } from './files-to-register.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'files-to-register-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('files to register', () => {
  it.skipIf(process.platform === 'win32')('go by links to files in a folder, and pass nothing over', async () => {
    const folder = join(dir, 'folder')
    mkdirSync(folder)
    mkdirSync(join(dir, 'elsewhere'))
    writeFileSync(join(dir, 'elsewhere', 'contract'), '1')
    symlinkSync(join(dir, 'elsewhere', 'contract'), join(folder, 'to a file'))
    symlinkSync(join(dir, 'elsewhere'), join(folder, 'to a folder'))
    symlinkSync(join(dir, 'nowhere'), join(folder, 'to nowhere'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const found = await filesToRegister([folder])
    expect(found).toMatchObject({ ok: true, value: { files: [{ title: 'to a file', bytes: 1 }] } })
    expect(found.ok && found.value.leftOut.map(({ message }) => message)).toEqual([
      expect.stringContaining('pipe'),
      expect.stringContaining('to a folder'),
      expect.stringContaining('to nowhere'),
    ])
  })
})
