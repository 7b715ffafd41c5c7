export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Keys to which the whole window listens, wherever the focus is. A frame in it has to pass them on. */
export function isWindowKey({ key, code, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  if (key === '?') return true
  return altKey ? !ctrlKey && !metaKey && /^(Digit[1-9]|Key[VTP])$/.test(code) : (ctrlKey || metaKey) && code === 'KeyK'
}
