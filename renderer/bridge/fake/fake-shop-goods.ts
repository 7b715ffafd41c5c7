import type { ShopProduct } from '#contract/worker/shop-shapes'

export const fakeCategories = [
  { id: 1, name: 'Bolos' },
  { id: 2, name: 'Doces' },
  { id: 3, name: 'Salgados' },
] as const

const goods = [
  ['Bolo de Chocolate', 1, 4_500, 8],
  ['Bolo de Cenoura', 1, 3_800, 12],
  ['Bolo Red Velvet', 1, 6_200, 3],
  ['Brigadeiro Gourmet', 2, 350, 120],
  ['Beijinho Gourmet', 2, 350, 1],
  ['Cajuzinho', 2, 300, 0],
  ['Coxinha de Frango', 3, 650, 40],
  ['Pastel de Carne', 3, 700, 26],
] as const

export function fakeGoods(nowMs: number): readonly ShopProduct[] {
  return goods.map(([name, category, priceCents, onHand], index) => ({
    id: index + 1,
    name,
    description: `${name}, feito hoje.`,
    priceCents,
    category,
    categoryName: fakeCategories[category - 1]?.name ?? '',
    photo: `/art/${index + 1}.svg`,
    isActive: true,
    onHand,
    reserved: 0,
    available: onHand,
    updatedAtMs: nowMs,
  }))
}

/** A cake that tells the products apart by its colour. */
export function fakeArt(photo: string): string {
  const hue = (Number(/\d+/.exec(photo)?.[0] ?? 0) * 47) % 360
  const layer = (y: number, lightness: number): string =>
    `<rect x="50" y="${y}" width="100" height="26" rx="8" fill="hsl(${hue} 55% ${lightness}%)"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 150">${layer(46, 78)}${layer(74, 62)}${layer(102, 48)}</svg>`
}
