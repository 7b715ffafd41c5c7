import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lacksLibraries } from '../bootstrap/system.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'colmeia-ldd-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const found = '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0000000000)\n'.repeat(200)

it.runIf(process.platform === 'linux')('sees a missing library wherever it stands in a long list', async () => {
  pretendLdd(found)
  expect(await lacksLibraries('electron')).toBe(false)
  pretendLdd(`\tlibgtk-3.so.0 => not found\n${found}`)
  expect(await lacksLibraries('electron')).toBe(true)
})

function pretendLdd(says: string): void {
  writeFileSync(join(folder, 'says'), says)
  writeFileSync(join(folder, 'ldd'), `#!/bin/sh\ncat '${join(folder, 'says')}'\n`)
  chmodSync(join(folder, 'ldd'), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
}
