/**
 * A text as JSON in printable ASCII only, as the notary's blocks are hashed and its older programs answer: everything
 * outside space to `~` is escaped, U+007F too, which JSON.stringify would leave.
 */
export function asciiJson(text: string): string {
  // Most texts are so, and are looked at only once.
  if (isAsItIs.test(text)) return `"${text}"`
  const json = JSON.stringify(text)
  return isPlain.test(json) ? json : json.replace(other, escaped)
}

/** Without quotation marks and backslashes. */
const isAsItIs = /^[ !#-[\]-~]*$/
const isPlain = /^[ -~]*$/
const other = /[^ -~]/g

/** Per code unit, so that what lies beyond the basic plane becomes its two surrogates. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
