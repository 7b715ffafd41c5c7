/**
 * SQLite orders text by UTF-8 bytes, our stores by code units, and the two part where surrogates begin; a lone
 * surrogate cannot be stored as text at all. So each code unit from D800 up is written as a mark above all others and
 * a harmless unit that keeps the order. Ordinary keys stay as they are and can be read in the file.
 */
const mark = '\ue000'
const firstMarked = 0xd800
const needsMark = /[\ud800-\uffff]/

export function keyToText(key: string): string {
  if (!needsMark.test(key)) return key
  let text = ''
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index)
    text += unit < firstMarked ? key.charAt(index) : mark + String.fromCharCode(unit - firstMarked)
  }
  return text
}

export function textToKey(text: string): string {
  if (!text.includes(mark)) return text
  let key = ''
  for (let index = 0; index < text.length; index += 1) {
    if (text.charAt(index) !== mark) {
      key += text.charAt(index)
      continue
    }
    index += 1
    key += String.fromCharCode(text.charCodeAt(index) + firstMarked)
  }
  return key
}
