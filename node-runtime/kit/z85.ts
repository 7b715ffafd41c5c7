import { assert } from './assert.ts'

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'
const valueOfDigit = new Map([...digits].map((digit, value) => [digit, value]))

/** The text form that ZeroMQ gives its keys: four bytes in five printable digits. */
export function toZ85(bytes: Uint8Array): string {
  assert(bytes.length % 4 === 0, `Z85 needs whole groups of four bytes, not ${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let offset = 0; offset < bytes.length; offset += 4) {
    const word = view.getUint32(offset)
    for (let divisor = 85 ** 4; divisor >= 1; divisor /= 85) text += digits.charAt(Math.floor(word / divisor) % 85)
  }
  return text
}

/** null when the text is not Z85: it may have come from a file or from a person. */
export function fromZ85(text: string): Uint8Array | null {
  if (text.length % 5 !== 0) return null
  const bytes = new Uint8Array((text.length / 5) * 4)
  const view = new DataView(bytes.buffer)
  for (let group = 0; group < text.length / 5; group += 1) {
    let word = 0
    for (const digit of text.slice(group * 5, group * 5 + 5)) {
      const value = valueOfDigit.get(digit)
      if (value === undefined) return null
      word = word * 85 + value
    }
    if (word > 0xffff_ffff) return null
    view.setUint32(group * 4, word)
  }
  return bytes
}
