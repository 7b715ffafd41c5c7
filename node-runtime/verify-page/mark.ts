const svg = 'http://www.w3.org/2000/svg'

/** The cells of the comb: three peers, one of which leads. */
export function drawMark(): SVGElement {
  const mark = document.createElementNS(svg, 'svg')
  mark.setAttribute('viewBox', '0 0 64 64')
  mark.setAttribute('aria-hidden', 'true')
  mark.append(
    cell('M32 2.5l14.29 8.25v16.5L32 35.5l-14.29-8.25v-16.5z', 'full'),
    cell('M16.6 31l12.56 7.25v14.5L16.6 60 4.04 52.75v-14.5z', 'open'),
    cell('M47.4 31l12.56 7.25v14.5L47.4 60l-12.56-7.25v-14.5z', 'open'),
  )
  return mark
}

function cell(path: string, name: string): SVGElement {
  const made = document.createElementNS(svg, 'path')
  made.setAttribute('d', path)
  made.setAttribute('class', name)
  return made
}
