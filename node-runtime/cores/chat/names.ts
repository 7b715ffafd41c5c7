import { chatLimits, reservedNames } from './limits.ts'

/** Of users and of channels. Compared as they are: another case is another name. */
export function isName(name: string): boolean {
  return isKeptName(name) && !blank.test(name) && !unseen.test(name) && name === name.normalize()
}

/** Whether it is or once was one: earlier versions took more, and what stands in a log is read for good. */
export function isKeptName(name: string): boolean {
  if (name.length === 0 || name.length > chatLimits.nameCharsMax || name !== name.trim()) return false
  return !control.test(name) && !reservedNames.includes(name)
}

/** Control characters, and what hides or turns others: never taken. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/

/**
 * All else that need not be drawn: by it a name would look like another. Emoji of several parts are held together by such,
 * and so are in no name. Written out and not `\p{…}`: servers of one log may run on engines of different Unicode editions.
 */
const unseen =
  /[\u034f\u180b-\u180f\ufe00-\ufe0f\u{e0000}-\u{e0fff}\u115f\u1160\u17b4\u17b5\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/u

/** One space alone is told from no other. */
const blank = /[^\S ]| {2}/

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
