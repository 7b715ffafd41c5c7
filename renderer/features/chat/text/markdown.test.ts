import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainWords, readMarkdown } from './markdown.ts'

const partsOf = (text: string, names: readonly string[] = []) => {
  const [block] = readMarkdown(text, names)
  return block?.kind === 'paragraph' ? block.parts : block
}
const text = (words: string) => ({ kind: 'text', text: words })

describe('Markdown in a message', () => {
  it('knows strong, emphasised, struck and code', () => {
    expect(partsOf('**a** *b* _c_ ~~d~~ `e*f*`')).toEqual([
      { kind: 'strong', parts: [text('a')] },
      text(' '),
      { kind: 'emphasis', parts: [text('b')] },
      text(' '),
      { kind: 'emphasis', parts: [text('c')] },
      text(' '),
      { kind: 'struck', parts: [text('d')] },
      text(' '),
      { kind: 'code', text: 'e*f*' },
    ])
    expect(partsOf('*a **b** c*')).toEqual([
      { kind: 'emphasis', parts: [text('a '), { kind: 'strong', parts: [text('b')] }, text(' c')] },
    ])
  })

  it('leaves what is no mark as it was typed', () => {
    for (const words of [
      '2 * 3 * 4',
      'snake_case_name',
      'a ** b',
      '*',
      '`',
      '\u0060\u0060',
      '5 ~~ 6',
      '[x](y)',
      '@nobody',
    ])
      expect(partsOf(words)).toEqual([text(words)])
    expect(partsOf('\\*a\\*')).toEqual([text('*a*')])
  })

  it('keeps code as it is, with its language, also when nobody closed it', () => {
    expect(readMarkdown('see\n```ts\nconst a = `1`\n\n  <b>\n```\nend')).toEqual([
      { kind: 'paragraph', parts: [text('see')] },
      { kind: 'code', language: 'ts', text: 'const a = `1`\n\n  <b>' },
      { kind: 'paragraph', parts: [text('end')] },
    ])
    expect(readMarkdown('~~~\nopen')).toEqual([{ kind: 'code', language: '', text: 'open' }])
  })

  it('knows lists and quotes', () => {
    expect(readMarkdown('- a\n- b\n1. c\n> d\n> e').map(({ kind }) => kind)).toEqual(['list', 'list', 'quote'])
  })

  it('takes HTML and script for text', () => {
    for (const words of ['<b>a</b>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;'])
      expect(partsOf(words)).toEqual([text(words)])
  })

  it('takes only web addresses for addresses', () => {
    expect(partsOf('see https://example.org/a?b=1.')).toEqual([
      text('see '),
      { kind: 'address', href: 'https://example.org/a?b=1', text: 'https://example.org/a?b=1' },
      text('.'),
    ])
    expect(partsOf('[here](https://example.org)')).toEqual([
      { kind: 'address', href: 'https://example.org', text: 'here' },
    ])
    for (const words of ['[a](javascript:alert(1))', 'javascript:alert(1)', '[a](data:text/html,x)', 'file:///etc'])
      expect(partsOf(words)).toEqual([text(words)])
  })

  it('marks those whom the chat says it mentions, the longest name first', () => {
    expect(partsOf('oi @ana maria, @ana e @anabel', ['ana', 'ana maria'])).toEqual([
      text('oi '),
      { kind: 'mention', name: 'ana maria' },
      text(', '),
      { kind: 'mention', name: 'ana' },
      text(' e @anabel'),
    ])
    expect(partsOf('a@ana', ['ana'])).toEqual([text('a@ana')])
  })

  it('is read in a moment, whatever was typed', () => {
    const hard = ['*a ', '**', '_', '`', '[', '> ', '- ', '~~a', '@', 'https://', '```\n', '*_~`[@\\']
    for (const piece of hard) {
      const startMs = performance.now()
      readMarkdown(piece.repeat(10_000 / piece.length), ['a', 'b'])
      // Usually milliseconds. Whoever tries all ways of reading it would not come back, on any machine.
      expect(performance.now() - startMs, piece).toBeLessThan(5_000)
    }
  })

  it('loses no letter and throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab \n*_~`[]()>-1.@\\<h') }), (words) => {
        const letters = (one: string) => one.replace(/[^ab<]/g, '')
        expect(letters(plainWords(words, 10_000))).toBe(letters(words.replace(/^( {0,3}(`{3,}|~{3,})).*$/gm, '')))
      }),
    )
  })
})

it('says a message in one line', () => {
  expect(plainWords('**a**\n\n- b\n- c\n```\nd\n```', 80)).toBe('a b · c d')
  expect(plainWords('a long message', 7)).toBe('a long…')
})
