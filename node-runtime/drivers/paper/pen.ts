import { type Color, type PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib'
import { fold, missing, printable } from './lettering.ts'

/** Points; y is measured from the top of the page, as one reads. */
export const sheet = { width: 595.28, height: 841.89, margin: 56.7 } as const

export const colours = {
  ink: rgb(0.137, 0.114, 0.071),
  soft: rgb(0.353, 0.314, 0.243),
  line: rgb(0.89, 0.855, 0.784),
  accent: rgb(0.522, 0.325, 0),
} as const

export interface Fonts {
  readonly plain: PDFFont
  readonly bold: PDFFont
  readonly fixed: PDFFont
  /** What every one of them has. */
  readonly letters: ReadonlySet<number>
}

/** Every reader of PDFs brings these, so a certificate stays small and carries no font. */
export async function openFonts(document: PDFDocument): Promise<Fonts> {
  const plain = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  const fixed = await document.embedFont(StandardFonts.Courier)
  return { plain, bold, fixed, letters: new Set(plain.getCharacterSet()) }
}

export interface Style {
  readonly font: PDFFont
  readonly size: number
  readonly colour: Color
}

export interface Block extends Style {
  readonly left: number
  readonly width: number
  readonly linesMax: number
  /** Of each line; 1.35 times the size unless told. */
  readonly leading?: number
}

/** Writes downwards, and remembers whether everything could be written as it was. */
export class Pen {
  readonly #document: PDFDocument
  readonly fonts: Fonts
  #page: PDFPage
  /** Where the next thing begins. */
  y: number = sheet.margin
  #isExact = true

  constructor(document: PDFDocument, fonts: Fonts) {
    this.#document = document
    this.fonts = fonts
    this.#page = document.addPage([sheet.width, sheet.height])
  }

  /** Everything so far stands as it was given: no letter missing, nothing cut. */
  get isExact(): boolean {
    return this.#isExact
  }

  get page(): PDFPage {
    return this.#page
  }

  newPage(): void {
    this.#page = this.#document.addPage([sheet.width, sheet.height])
    this.y = sheet.margin
  }

  hasRoomFor(height: number): boolean {
    return this.y + height <= sheet.height - sheet.margin
  }

  write(text: string, block: Block): void {
    const shown = printable(text, this.fonts.letters)
    const widthOf = (part: string): number => widthIn(part, block)
    const { lines, isCut } = fold(shown.text, { ...block, widthOf })
    if (isCut || shown.missing > 0) this.#isExact = false
    const leading = block.leading ?? block.size * 1.35
    for (const line of lines) {
      this.#line(line, { ...block, baseline: sheet.height - this.y - block.size })
      this.y += leading
    }
  }

  rule(left: number, width: number): void {
    const y = sheet.height - this.y
    this.#page.drawLine({
      start: { x: left, y },
      end: { x: left + width, y },
      thickness: 0.6,
      color: colours.line,
    })
  }

  #line(line: string, at: Style & { readonly left: number; readonly baseline: number }): void {
    let x = at.left
    line.split(missing).forEach((part, index) => {
      if (index > 0) {
        this.#box(x, at)
        x += boxAdvance * at.size
      }
      if (part === '') return
      this.#page.drawText(part, { x, y: at.baseline, font: at.font, size: at.size, color: at.colour })
      x += at.font.widthOfTextAtSize(part, at.size)
    })
  }

  #box(x: number, { size, baseline, colour }: Style & { readonly baseline: number }): void {
    this.#page.drawRectangle({
      x: x + size * 0.08,
      y: baseline,
      width: size * 0.46,
      height: size * 0.7,
      borderWidth: size * 0.05,
      borderColor: colour,
    })
  }
}

const boxAdvance = 0.62

function widthIn(text: string, { font, size }: Style): number {
  const parts = text.split(missing)
  const letters = parts.reduce((sum, part) => sum + font.widthOfTextAtSize(part, size), 0)
  return letters + (parts.length - 1) * boxAdvance * size
}
