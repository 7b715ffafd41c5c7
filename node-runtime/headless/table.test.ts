import { expect, it } from 'vitest'
import { textTable } from './table.ts'

it('shows what would steer the terminal or turn a line round as marks', () => {
  const turning = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c'
  expect(textTable(['t', 'n'], [[`a${turning}b`, 1]])).toContain(`a${'·'.repeat(turning.length)}b  1`)
  expect(textTable(['t', 'n'], [['\u001b[2J\u009b\n', 1]])).toContain('·[2J·⏎  1')
})
