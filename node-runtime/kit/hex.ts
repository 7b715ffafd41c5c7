/** Lower-case. The pure rooms have no Buffer. In one piece, like `decodeText`: letter by letter takes twice as long. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length > pieceBytes) return toHex(bytes.subarray(0, pieceBytes)) + toHex(bytes.subarray(pieceBytes))
  const units = new Array<number>(bytes.length * 2)
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    units[2 * index] = unitOf[byte >>> 4] ?? 0
    units[2 * index + 1] = unitOf[byte & 15] ?? 0
  }
  const text: string = Reflect.apply(String.fromCharCode, null, units)
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

const pieceBytes = 1_024
/** Code units of the digits. */
export const unitOf = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const noDigit = 255
/** By code units up to `f`. */
const digits = Uint8Array.from({ length: 0x67 }, (_, unit) => {
  const place = '0123456789abcdef'.indexOf(String.fromCharCode(unit))
  return place < 0 ? noDigit : place
})
