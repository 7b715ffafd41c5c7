import { describe, expect, it } from 'vitest'
import type { Said } from '#dialects/chat/index'
import { fail } from '#kit/result'
import { type Exporting, Exports, exportLimits } from './exports.ts'
import { exportedBy } from './testing/exported.ts'

const said = (text: string): Said => ({
  ...{ kind: 'publish', from: 'ana', to: 'general', text, atMs: 1, clock: 1, origin: 'chat' },
})

function* given(messages: number, text: string, users: readonly string[] = []): Exporting {
  for (let count = 0; count < messages; count += 1) yield said(text)
  return { channels: ['general'], users }
}

/** How many pages it takes, and the whole. */
function all(begin: () => Exporting) {
  const exports = new Exports()
  let pages = 0
  const files = exportedBy(({ after }) => {
    pages += 1
    return exports.page(after, begin)
  })
  return { pages, files }
}

describe('the files of a server', () => {
  it('have no limit, and their pages have', () => {
    const few = all(() => given(2 * exportLimits.messagesPerPage + 1, 'oi'))
    expect(few.pages).toBe(3)
    expect(few.files.map(({ name }) => name)).toEqual(['publications.jsonl', 'messages.jsonl', 'registry.json'])
    expect(few.files[0]?.text.trim().split('\n')).toHaveLength(2 * exportLimits.messagesPerPage + 1)
    expect(all(() => given(60, 'x'.repeat(10_000))).pages).toBe(3)
  })

  it('are there also when nothing was said', () => {
    expect(all(() => given(0, '')).files.map(({ text }) => text)).toEqual([
      '',
      '',
      '{"channels":["general"],"users":[]}\n',
    ])
  })

  it('are cut between letters, however many names there are', () => {
    const users = Array.from(
      { length: 20_000 },
      (_, index) => `${index % 2 === 0 ? '' : 'a'}${'🐝'.repeat(15)}${index}`,
    )
    const exports = new Exports()
    let text = ''
    exportedBy(({ after }) => {
      const page = exports.page(after, () => given(0, '', users))
      for (const file of page.ok ? page.value.files : []) {
        // As it goes onto the disk: half a letter would come back as another one.
        if (file.name === 'registry.json') text += Buffer.from(file.text, 'utf8').toString('utf8')
      }
      return page
    })
    expect(new Set(JSON.parse(text).users)).toEqual(new Set(users))
  })

  it('are looked for in turns with everything else', () => {
    const looking = function* (): Exporting {
      for (let looks = 0; looks < 3 * exportLimits.looksPerPage; looks += 1) yield null
      return { channels: [], users: [] }
    }
    expect(all(looking).pages).toBeGreaterThan(3)
  })

  it('are given out once, and no longer than others read as well', () => {
    const exports = new Exports()
    const begin = () => exports.page(null, () => given(exportLimits.messagesPerPage + 1, 'oi'))
    const first = begin()
    const next = first.ok ? first.value.next : null
    expect(exports.page(next, () => given(0, '')).ok).toBe(true)
    for (const after of [next, '7.1', 'x', '']) {
      expect(exports.page(after, () => given(0, ''))).toEqual(fail('not-found', expect.any(String)))
    }
    const other = begin()
    for (let more = 0; more < exportLimits.openMax; more += 1) begin()
    expect(exports.page(other.ok ? other.value.next : null, () => given(0, '')).ok).toBe(false)
  })
})
