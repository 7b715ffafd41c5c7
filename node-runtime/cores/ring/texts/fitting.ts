import { ringLimits } from '../limits.ts'

/** A reference peer takes no more of a connection for the message. */
const lineBytesMax = 1024
const uuidAndBars = 36 + 2
const userCharsMax = 40

/**
 * What a person said, as a reference peer can take it: no `|`, which would lose the message there; nothing that it would
 * take for a word of the ring; and not too long.
 */
export function fitText(text: string, user: string): string {
  const isWord = text.startsWith('@') && text.includes('>>')
  const plain = (isWord ? text.replaceAll('>>', '»') : text).replaceAll('|', '¦')
  return cut(plain, lineBytesMax - uuidAndBars - bytesOf(user))
}

export function fitUser(name: string): string {
  return [...name.replaceAll('|', '¦')].slice(0, userCharsMax).join('')
}

/** A reference peer may be called more than a record can say, and a record that nobody can read stops all behind it. */
export function fitAuthor(user: string): string {
  let kept = ''
  for (const character of user) {
    if (kept.length + character.length > ringLimits.nameCharsMax) break
    kept += character
  }
  return kept
}

/** By whole characters, with a mark where something is missing. */
function cut(text: string, bytesMax: number): string {
  if (bytesOf(text) <= bytesMax) return text
  let kept = ''
  let bytes = bytesOf('…')
  for (const character of text) {
    bytes += bytesOf(character)
    if (bytes > bytesMax) break
    kept += character
  }
  return `${kept}…`
}

/** As UTF-8. Half a surrogate pair is written as three bytes, as every encoder does. */
function bytesOf(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
  }
  return bytes
}
