import type { PDFPage } from 'pdf-lib'
import { encode } from 'uqr'

export interface Picture {
  /** Modules on a side, without the quiet border. */
  readonly modules: number
  readonly rows: readonly (readonly boolean[])[]
}

/** The smallest version that holds the text, and in it as much correction as there is room for. */
export function pictureOf(text: Uint8Array): Picture {
  const { size, data } = encode([...text], { ecc: 'L', boostEcc: true, border: 0 })
  return { modules: size, rows: data }
}

export interface PicturePlace {
  readonly left: number
  readonly bottom: number
  readonly side: number
}

/**
 * One filled shape: neighbouring modules drawn singly would show hair lines between them on some screens. Written as the
 * page's own language, because thousands of objects that say the same take longer than everything else on the page.
 */
export function drawPicture(page: PDFPage, { modules, rows }: Picture, { left, bottom, side }: PicturePlace): void {
  const scale = side / modules
  const shapes = rows.flatMap((row, y) => runs(row).map(({ from, length }) => `${from} ${y} ${length} 1 re`))
  const content = `q ${scale} 0 0 ${-scale} ${left} ${bottom + side} cm 0 g\n${shapes.join('\n')}\nf Q`
  const { context } = page.doc
  page.node.addContentStream(context.register(context.flateStream(content)))
}

function runs(row: readonly boolean[]): { readonly from: number; readonly length: number }[] {
  const found: { from: number; length: number }[] = []
  row.forEach((isDark, x) => {
    const last = found.at(-1)
    if (!isDark) return
    if (last !== undefined && last.from + last.length === x) last.length += 1
    else found.push({ from: x, length: 1 })
  })
  return found
}
