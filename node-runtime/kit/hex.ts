/** Lower-case. The pure rooms have no Buffer. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOf[byte] ?? ''
  return text
}

/** null: no hex, or not in lower case. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index += 1) {
    const high = digits[text.charCodeAt(index * 2)] ?? noDigit
    const low = digits[text.charCodeAt(index * 2 + 1)] ?? noDigit
    if (high === noDigit || low === noDigit) return null
    bytes[index] = high * 16 + low
  }
  return bytes
}

const noDigit = 255
/** By code units up to `f`. */
const digits = Uint8Array.from({ length: 0x67 }, (_, unit) => {
  const place = '0123456789abcdef'.indexOf(String.fromCharCode(unit))
  return place < 0 ? noDigit : place
})
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
