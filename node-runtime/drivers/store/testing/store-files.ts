import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { openStore } from '../index.ts'

/** The files of one store at one moment; null: that file is not there. */
export interface StoreFiles {
  readonly main: Buffer | null
  readonly log: Buffer | null
  readonly mark: Buffer | null
}

const endings = { main: '', log: '-wal', mark: '-mark' } as const
const kinds = ['main', 'log', 'mark'] as const

export function takeFiles(path: string): StoreFiles {
  const read = (ending: string): Buffer | null => (existsSync(path + ending) ? readFileSync(path + ending) : null)
  return { main: read(endings.main), log: read(endings.log), mark: read(endings.mark) }
}

export function layFiles(path: string, files: StoreFiles): void {
  for (const kind of kinds) {
    const content = files[kind]
    if (content === null) rmSync(path + endings[kind], { force: true })
    else writeFileSync(path + endings[kind], content)
  }
}

/** A copy with one bit turned over. */
export function flipped(content: Buffer | null, at: number): Buffer {
  const copy = Buffer.from(content ?? '')
  copy.writeUInt8(copy.readUInt8(at) ^ 0x10, at)
  return copy
}

/** What these files come to: the keys of the space `log`, or why they are refused, with nothing touched. */
export function openedWith(path: string, files: StoreFiles): readonly string[] | string {
  layFiles(path, files)
  const opened = openStore({ path })
  if (!opened.ok) {
    expect(opened.failure.code).toBe('store-damaged')
    expect(takeFiles(path)).toEqual(files)
    return opened.failure.message
  }
  const keys = opened.value
    .view()
    .scan('log')
    .map(({ key }) => key)
  opened.value.close()
  return keys
}
