import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IpcMain } from 'electron'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { filesPerQuestionMax, ipcChannels } from '#contract/window/channels'
import { windowLimits } from '#contract/window/contract'
import { serveWindows } from './serve-windows.ts'
import { sizesLimits, sizesOf } from './sizes-of.ts'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'colmeia-sizes-'))
  writeFileSync(at('folder.pdf'), 'four')
  writeFileSync(at('empty'), '')
  mkdirSync(at('x.pdf'))
  symlinkSync(at('folder.pdf'), at('link'))
  symlinkSync(at('x.pdf'), at('link.pdf'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the sizes of files', () => {
  it('are told of plain files alone, whatever they are called, also behind a link', async () => {
    const names = ['folder.pdf', 'x.pdf', 'empty', 'link', 'link.pdf', 'gone']
    expect(await sizesOf(names.map(at))).toEqual([4, null, 0, 4, null, null])
  })

  it('are not looked for where there is no whole path', async () => {
    const ask = vi.fn()
    expect(await sizesOf(['', 'package.json', '../package.json'], ask)).toEqual([null, null, null])
    expect(ask).not.toHaveBeenCalled()
  })

  it('come in the order of the question, and a bounded number is asked for at once', async () => {
    let atOnce = 0
    let most = 0
    const ask = async (path: string) => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setImmediate(resolve))
      atOnce -= 1
      return { isFile: () => true, size: Number(path.slice(1)) }
    }
    const sizes = Array.from({ length: 500 }, (_, size) => size)
    expect(
      await sizesOf(
        sizes.map((size) => `/${size}`),
        ask,
      ),
    ).toEqual(sizes)
    expect(most).toBe(sizesLimits.atOnceMax)
  })

  it('are told as far as they are known, when a disk does not answer', async () => {
    vi.useFakeTimers()
    const ask = (path: string) =>
      path === '/silent' ? new Promise<never>(() => undefined) : Promise.resolve({ isFile: () => true, size: 1 })
    const sizes = sizesOf(['/a', '/silent', '/b'], ask)
    await vi.advanceTimersByTimeAsync(sizesLimits.answerWithinMs)
    expect(await sizes).toEqual([1, null, 1])
    vi.useRealTimers()
  })
})

describe('the question of a page', () => {
  const frame = { processId: 4, routingId: 1, url: 'app://colmeia/' }

  function asking() {
    const handlers = new Map<string, (event: object, payload: unknown) => void>()
    const ipcMain = { handle: vi.fn(), on: (name: string, handler: never) => void handlers.set(name, handler) }
    const host = { answer: vi.fn(), publisher: { wake: vi.fn(), subscribe: vi.fn() } }
    serveWindows(ipcMain as unknown as IpcMain, host as never, {
      origin: 'app://colmeia',
      pages: () => [{ mainFrame: frame }] as never,
      onCall: () => undefined,
    })
    return (payload: unknown, senderFrame: object | null = frame) =>
      new Promise((resolve) => {
        const event = {
          senderFrame,
          set returnValue(value: unknown) {
            resolve(value)
          },
        }
        handlers.get(ipcChannels.sizes)?.(event, payload)
      })
  }

  it('is answered', async () => {
    expect(await asking()([at('folder.pdf'), at('x.pdf'), ''])).toEqual([4, null, null])
  })

  it('is answered with nothing when somebody else asks: the page stands still until it hears', async () => {
    const ask = asking()
    expect(await ask([at('folder.pdf')], null)).toEqual([])
    expect(await ask([at('folder.pdf')], { ...frame, routingId: 2 })).toEqual([])
  })

  it.each([
    ['no list', 'a'],
    ['no texts', [7]],
    ['a text that is no path of any system', [`/${'x'.repeat(windowLimits.pathCharsMax)}`]],
    ['too many', Array.from({ length: filesPerQuestionMax + 1 }, () => '')],
  ])('is answered with nothing when it holds %s', async (_what, payload) => {
    expect(await asking()(payload)).toEqual([])
  })
})
