/**
 * A text as it is searched: in lower case, Latin letters without their accents, white space and control characters as
 * spaces. By a table of our own: the engine's own changes with its version, and every peer must write the same rows.
 */
export function folded(text: string): string {
  // Most texts are: twice as fast, and what the engine does to them is the same in every version.
  if (plain.test(text)) return text.toLowerCase()
  let result = ''
  for (let index = 0; index < text.length; index += 1) result += foldedUnit(text.charCodeAt(index), text.charAt(index))
  return result
}

const plain = /^[ -~]*$/

function foldedUnit(unit: number, letter: string): string {
  if (unit < 0x80) return ascii[unit] ?? ''
  // Accents that stand for themselves, as in names of files on some systems.
  if (unit >= 0x300 && unit <= 0x36f) return ''
  if (unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200a)) return ' '
  if (unit < 0xc0 || (unit > 0x24f && unit < 0x1e00) || unit > 0x1eff) return greekOrCyrillic(unit, letter)
  const plain = pairs[letter] ?? bases[unit >= 0x1e00 ? unit - 0x1e00 + 0x190 : unit - 0xc0]
  return plain === undefined || plain === '.' ? letter : plain
}

function greekOrCyrillic(unit: number, letter: string): string {
  if ((unit >= 0x391 && unit <= 0x3a9) || (unit >= 0x410 && unit <= 0x42f)) return String.fromCharCode(unit + 0x20)
  return unit >= 0x400 && unit <= 0x40f ? String.fromCharCode(unit + 0x50) : letter
}

const ascii = Array.from({ length: 0x80 }, (_, unit) => {
  if (unit < 0x20 || unit === 0x7f) return ' '
  return String.fromCharCode(unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit)
})

/** Letters that are written with two. */
const pairs: Readonly<Record<string, string>> = {
  Æ: 'ae',
  æ: 'ae',
  Œ: 'oe',
  œ: 'oe',
  ß: 'ss',
  ẞ: 'ss',
  Þ: 'th',
  þ: 'th',
  Ĳ: 'ij',
  ĳ: 'ij',
}

/** The letter under the accent, for U+00C0 to U+024F and then U+1E00 to U+1EFF; a point: none, it stays as it is. */
const bases = [
  'aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccdd',
  'ddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssss',
  'ssttttttuuuuuuuuuuuuwwyyyzzzzzzs................................oo.............u',
  'u............................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....',
  'aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............................',
  'aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo',
  'oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......',
  'aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu',
  'uuyyyyyyyy......',
].join('')
