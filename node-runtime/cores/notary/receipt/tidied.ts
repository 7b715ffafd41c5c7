/**
 * Editors, QR readers and clipboards put marks and line ends around a text, and carriage returns into it. What is signed
 * has none of these, so taking them away loses nothing that is judged.
 */
export function tidied(text: string): string {
  return `${text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim()}\n`
}
