/** RFC 4648, section 4, with padding. The pure rooms have no Buffer. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const letters = [18, 12, 6, 0].map((shift) => alphabet.charAt((three >> shift) & 63)).join('')
    text += at + 2 < bytes.length ? letters : letters.slice(0, bytes.length - at + 1).padEnd(4, '=')
  }
  return text
}

/** null: no base64, or not the one way of writing these bytes. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  let held = 0
  let bits = 0
  for (const letter of text.slice(0, text.length - padding)) {
    held = (held << 6) | (valueOfLetter.get(letter) ?? 0)
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = held >> bits
    at += 1
    held &= (1 << bits) - 1
  }
  // Bits that are left over say nothing; were they let through, many texts would mean the same bytes.
  return held === 0 ? bytes : null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const valueOfLetter: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, value) => [letter, value]))
