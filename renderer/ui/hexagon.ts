/** The path of a hexagon that stands on its point, as the cells of a comb do. */
export function hexagon({ x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number }): string {
  const wide = radius * (Math.sqrt(3) / 2)
  const half = radius / 2
  const corners = [
    [x, y - radius],
    [x + wide, y - half],
    [x + wide, y + half],
    [x, y + radius],
    [x - wide, y + half],
    [x - wide, y - half],
  ]
  return `M${corners.map(([left, top]) => `${round(left)} ${round(top)}`).join('L')}Z`
}

function round(value = 0): number {
  return Math.round(value * 100) / 100
}
