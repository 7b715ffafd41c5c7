import { assert } from '#kit/assert'
import type { Book } from './book.ts'
import { addCategory, addProduct } from './staff.ts'

/** What a shop begins with. Programs that know the reference find its products under the same numbers. */
export function putSeedIn(book: Book): void {
  for (const name of categories) addCategory(book, name)
  for (const [at, [category, name, description, priceCents, onHand]] of products.entries()) {
    const photo = `/art/${at + 1}.svg`
    const outcome = addProduct(book, { name, description, priceCents, category, photo, onHand, by: 'seed' })
    assert('product' in outcome, `the seed has ${name}`)
  }
}

const categories = ['Bolos', 'Doces Finos', 'Tortas', 'Salgados', 'Sobremesas'] as const

/** Category, name, description, price in cents, on hand. */
const products: readonly (readonly [number, string, string, number, number])[] = [
  [1, 'Bolo de Chocolate', 'Delicioso bolo de chocolate com cobertura cremosa', 4_590, 10],
  [1, 'Bolo de Cenoura', 'Bolo caseiro de cenoura com cobertura de chocolate', 3_850, 8],
  [1, 'Bolo Red Velvet', 'Bolo aveludado com cream cheese', 5_200, 6],
  [2, 'Brigadeiro Gourmet', 'Brigadeiro de chocolate belga (unidade)', 350, 100],
  [2, 'Beijinho Gourmet', 'Beijinho com coco fresco (unidade)', 350, 100],
  [2, 'Cajuzinho', 'Doce de amendoim tradicional (unidade)', 300, 80],
  [3, 'Torta de Limão', 'Torta de limão com merengue tostado', 4_200, 7],
  [3, 'Torta de Morango', 'Torta de morangos frescos com creme', 4_800, 5],
  [3, 'Torta Holandesa', 'Torta gelada com creme e biscoitos', 5_500, 4],
  [4, 'Coxinha de Frango', 'Coxinha tradicional (unidade)', 550, 50],
  [4, 'Pastel de Carne', 'Pastel assado recheado (unidade)', 600, 40],
  [5, 'Pudim de Leite', 'Pudim cremoso com calda de caramelo', 2_800, 10],
  [5, 'Mousse de Maracujá', 'Mousse leve e refrescante', 2_500, 12],
]
