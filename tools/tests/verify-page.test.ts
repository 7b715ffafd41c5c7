import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { pageOf } from '../build/verify-page.ts'

const page = '<meta content="%POLICY%"><style></style><script></script>'

it('locks the page to the very script and style that stand in it', () => {
  const made = pageOf({ page, style: 'p { color: red }', script: 'start()\n' })
  for (const [tag, name] of [
    ['script', 'script-src'],
    ['style', 'style-src'],
  ] as const) {
    const inside = new RegExp(`<${tag}>(.*)</${tag}>`, 's').exec(made)?.[1] ?? ''
    const hash = createHash('sha256').update(inside).digest('base64')
    expect(made).toContain(`${name} 'sha256-${hash}'`)
  }
  expect(made).toContain("default-src 'none'")
})

it('keeps letters that would end the script, and orders of a replacement, from doing so', () => {
  const made = pageOf({ page, style: '', script: "a = '</script><!--'; b = '$&'" })
  expect(made.match(/<\/script/g)).toHaveLength(1)
  expect(made).not.toContain('<!--')
  expect(made).toContain("b = '$&'")
})
