import { chatLimits, reservedNames } from './limits.ts'

/** Of users and of channels. Compared as they are: another case is another name. */
export function isName(name: string): boolean {
  if (name.length === 0 || name.length > chatLimits.nameCharsMax || name !== name.trim()) return false
  return !unseen.test(name) && !reservedNames.includes(name)
}

/** Control characters, and what is not seen or turns the order of what is: by it a name would look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/

export function isShortText(text: string, charsMax: number): boolean {
  return text.length > 0 && text.length <= charsMax
}

/** Names after an at sign, each once, in order. Whether they are anybody's is not looked at. */
export function namesIn(text: string): readonly string[] {
  if (!text.includes('@')) return []
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(mention)) {
    names.add(name)
    if (names.size === chatLimits.mentionsMax) break
  }
  return [...names]
}

/** Not in the middle of a word, so that an address is no mention; a dot or a hyphen at the end is the sentence's. */
const mention = /(?<![\w@.-])@([^\s@,;:!?()[\]{}<>"'`*~|/\\]{0,63}[^\s@,;:!?()[\]{}<>"'`*~|/\\.-])/g
