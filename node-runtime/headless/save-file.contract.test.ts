import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NewFiles, saveNew } from './save-file.ts'
import { makeTerminal } from './terminal.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'save-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('a file that is saved', () => {
  it('is there, whole', async () => {
    const path = join(dir, 'r')
    expect(await saveNew(path, 'receipt')).toEqual({ ok: true, value: path })
    expect(readFileSync(path, 'utf8')).toBe('receipt')
  })

  it.each([
    ['a file', 'already-there'],
    ['a folder', 'already-there'],
    ['a link to nowhere', 'already-there'],
    ['no folder/r', 'not-saved'],
    ['a file/r', 'not-saved'],
    ['n'.repeat(300), 'not-saved'],
    ['no\0name', 'not-saved'],
  ])('is not saved as "%s": %s, and all is left as it was', async (name, code) => {
    writeFileSync(join(dir, 'a file'), 'mine')
    mkdirSync(join(dir, 'a folder'))
    symlinkSync(join(dir, 'nowhere'), join(dir, 'a link to nowhere'))
    const before = readdirSync(dir)
    expect(await saveNew(join(dir, name), 'receipt')).toMatchObject({ ok: false, failure: { code } })
    expect(readdirSync(dir)).toEqual(before)
    expect(readFileSync(join(dir, 'a file'), 'utf8')).toBe('mine')
  })

  it('leaves no part of it on a disk that takes nothing more', async () => {
    // Made and then refused: no bytes of ours are the ones this cannot be written with.
    const notBytes = { length: 1 } as unknown as Uint8Array // the only way to fail after the file is there, on any disk
    expect(await saveNew(join(dir, 'r'), notBytes)).toMatchObject({ failure: { code: 'not-saved' } })
    expect(readdirSync(dir)).toEqual([])
  })

  it.each([
    ['en', 'There is something of that name already. It was left as it is; choose another name.'],
    ['pt', 'Já existe algo com esse nome. Foi deixado como está; escolha outro nome.'],
  ] as const)('and cannot be is said in a plain sentence, with the code: %s', async (language, sentence) => {
    writeFileSync(join(dir, 'r'), 'mine')
    let said = ''
    const terminal = makeTerminal(language, false, { out: () => undefined, err: (text) => (said += text) })
    const saved = await saveNew(join(dir, 'r'), 'receipt')
    if (!saved.ok) terminal.refuse(saved.failure)
    expect(said).toContain(`${sentence} [already-there: ${join(dir, 'r')}`)
  })
})

describe('files that come piece by piece', () => {
  it('are whole, or none of them is there', async () => {
    const files = new NewFiles(dir)
    for (const [name, text] of [
      ['a', 'one'],
      ['b', ''],
      ['a', ' two'],
    ] as const)
      expect((await files.add(name, text)).ok).toBe(true)
    expect(await files.keep()).toEqual([join(dir, 'a'), join(dir, 'b')])
    expect(readFileSync(join(dir, 'a'), 'utf8')).toBe('one two')
    const others = new NewFiles(dir)
    expect((await others.add('c', 'three')).ok).toBe(true)
    expect(await others.add('b', 'mine')).toMatchObject({ failure: { code: 'already-there' } })
    await others.forget()
    expect(readdirSync(dir).toSorted()).toEqual(['a', 'b'])
  })
})
