import { expect, it } from 'vitest'
import { isWindowKey, type KeyPress } from './window-keys.ts'

const press = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key: '',
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

it('the window has its keys, and leaves all others to whoever has the focus', () => {
  const own = [
    press('Slash', { key: '?' }),
    press('KeyK', { ctrlKey: true }),
    press('KeyK', { metaKey: true }),
    ...['Digit1', 'Digit9', 'KeyV', 'KeyT', 'KeyP'].map((code) => press(code, { altKey: true })),
  ]
  const others = [
    ...['KeyK', 'Digit1', 'Tab', 'Enter', 'Space'].map((code) => press(code)),
    ...['KeyC', 'KeyV', 'KeyR', 'Digit1'].map((code) => press(code, { ctrlKey: true })),
    press('KeyV', { ctrlKey: true, altKey: true }),
    press('KeyK', { ctrlKey: true, altKey: true }),
    press('Digit0', { altKey: true }),
  ]
  expect(own.filter((one) => !isWindowKey(one))).toEqual([])
  expect(others.filter(isWindowKey)).toEqual([])
})
