import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { LabFolder } from './lab-folder.ts'

const node = nodeId('notary-1')

it('a lab on a full disk says so and keeps what it had', ({ skip }) => {
  const home = mkdtempSync(join(tmpdir(), 'colmeia-full-'))
  const disk = join(home, 'disk')
  mkdirSync(disk)
  if (!isMounted(disk)) {
    rmSync(home, { recursive: true })
    skip('a small disk can only be mounted by root')
  }
  try {
    const folder = LabFolder.open(join(disk, 'lab'))
    if (!folder.ok) throw new Error(folder.failure.message)
    expect(folder.value.keepPorts({ [node]: 5_710 })).toEqual({ ok: true, value: null })
    const before = readFileSync(join(disk, 'lab', 'lab.json'), 'utf8')
    fill(join(disk, 'filler'))

    expect(folder.value.keepPorts({ [node]: 5_810 })).toMatchObject({ ok: false, failure: { code: 'disk-full' } })
    expect(folder.value.keys([node])).toMatchObject({ ok: false, failure: { code: 'disk-full' } })
    expect(readFileSync(join(disk, 'lab', 'lab.json'), 'utf8')).toBe(before)
    expect(folder.value.port(node)).toBe(5_710)
  } finally {
    execFileSync('umount', [disk])
    rmSync(home, { recursive: true })
  }
})

function isMounted(disk: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    // Not root, or a container that may not mount: the test says that it was left out.
    return false
  }
}

function fill(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(1024 * 1024))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error // node:fs throws nothing else
  }
}
