import { unreachable } from '#kit/assert'
import { crc32 } from '#kit/crc32'
import { encode } from '../fields.ts'
import { shopLimits } from '../limits.ts'
import type { CatalogueOutcome, StaffDeed } from '../messages.ts'
import type { Book } from './book.ts'
import { done, doneBefore, type RefusedOutcome, refused } from './outcomes.ts'
import { deed as deedField } from './parts.ts'
import { type DeedRecord, type ProductFacts, rowKey } from './rows.ts'

type Done = Pick<DeedRecord, 'product' | 'category'>
type OfKind<Kind> = Extract<StaffDeed, { readonly kind: Kind }>

/** Once under its id, whatever came of it: a refusal that somebody was told stays one. */
export function actForStaff(book: Book, deed: StaffDeed): CatalogueOutcome {
  if (!idPattern.test(deed.id) || !isText(deed.by, shopLimits.byCharsMax)) return refused('malformed')
  const sum = crc32(encode(deedField, deed, 128))
  const known = book.deeds.get(deed.id)
  if (known !== null) return known.sum === sum ? told(book, known, true) : refused('id-taken')
  const what = act(book, deed)
  const row: DeedRecord = 'kind' in what ? { ...nothing, sum, refusal: what } : { ...what, sum, refusal: null }
  if (row.refusal?.why !== 'malformed') book.deeds.set(deed.id, row)
  return told(book, row, false)
}

const idPattern = /^[0-9a-f]{32}$/
const nothing: Done = { product: null, category: null }

function told(book: Book, { product, category, refusal }: DeedRecord, isKnown: boolean): CatalogueOutcome {
  if (refusal !== null) return refusal
  const answer = isKnown ? doneBefore : done
  const made = category === null ? null : book.categories.get(rowKey(category))
  if (made !== null) return answer({ kind: 'category', category: made })
  return product === null ? refused('malformed') : answer({ kind: 'product', product: book.product(product) })
}

function act(book: Book, deed: StaffDeed): Done | RefusedOutcome {
  switch (deed.kind) {
    case 'stock':
      return changeStock(book, deed)
    case 'add-product':
      return addProduct(book, deed)
    case 'change-product':
      return changeProduct(book, deed)
    case 'add-category':
      return addCategory(book, deed.name)
    default:
      return unreachable(deed)
  }
}

function changeStock(book: Book, { product, operation, quantity, by, why }: OfKind<'stock'>): Done | RefusedOutcome {
  if (!isText(why, shopLimits.whyCharsMax)) return refused('malformed')
  if (book.facts(product) === null) return refused('unknown-product')
  const { onHand, reserved } = book.stock(product)
  const wanted = { add: onHand + quantity, remove: onHand - quantity, set: quantity }[operation]
  // What is kept for somebody is not the staff's to take away.
  if (wanted < reserved) {
    const { priceCents } = book.product(product)
    return refused('out-of-stock', [{ product, wanted: quantity, available: onHand - reserved, priceCents }])
  }
  if (wanted > shopLimits.onHandMax) return refused('too-many')
  const kind = ({ add: 'added', remove: 'removed', set: 'set' } as const)[operation]
  book.move(product, { kind, onHandChange: wanted - onHand, reservedChange: 0, by, why })
  return { ...nothing, product }
}

export function addProduct(book: Book, deed: Omit<OfKind<'add-product'>, 'id' | 'kind'>): Done | RefusedOutcome {
  const { name, description, priceCents, category, photo, onHand, by } = deed
  const { atMs } = book.entry
  const id = book.head.products + 1
  const said = { name, description, priceCents, category, photo }
  const facts: ProductFacts = { id, ...said, isActive: true, createdAtMs: atMs, updatedAtMs: atMs }
  const refusal = refusalOf(book, facts)
  if (refusal !== null) return refusal
  if (id > shopLimits.productsMax || onHand > shopLimits.onHandMax) return refused('too-many')
  book.head.products = id
  book.say(facts)
  book.move(id, { kind: 'opened', onHandChange: onHand, reservedChange: 0, by })
  return { ...nothing, product: id }
}

function changeProduct(book: Book, deed: OfKind<'change-product'>): Done | RefusedOutcome {
  const known = book.facts(deed.product)
  if (known === null) return refused('unknown-product')
  const facts: ProductFacts = {
    ...known,
    name: deed.name ?? known.name,
    description: deed.description ?? known.description,
    priceCents: deed.priceCents ?? known.priceCents,
    category: deed.category ?? known.category,
    photo: deed.photo ?? known.photo,
    isActive: deed.isActive ?? known.isActive,
    updatedAtMs: book.entry.atMs,
  }
  const refusal = refusalOf(book, facts)
  if (refusal !== null) return refusal
  book.say(facts)
  return { ...nothing, product: known.id }
}

export function addCategory(book: Book, name: string): Done | RefusedOutcome {
  if (!isName(name)) return refused('malformed')
  const id = book.head.categories + 1
  if (id > shopLimits.categoriesMax) return refused('too-many')
  book.head.categories = id
  book.categories.set(rowKey(id), { id, name, createdAtMs: book.entry.atMs })
  return { ...nothing, category: id }
}

function refusalOf(
  book: Book,
  { name, description, priceCents, category, photo }: ProductFacts,
): RefusedOutcome | null {
  const { descriptionCharsMax, photoCharsMax, priceCentsMax } = shopLimits
  const areTexts = isName(name) && isText(description, descriptionCharsMax) && isText(photo, photoCharsMax)
  if (!areTexts || priceCents > priceCentsMax) return refused('malformed')
  return book.categories.get(rowKey(category)) === null ? refused('unknown-category') : null
}

function isName(name: string): boolean {
  return name.trim().length > 0 && isText(name, shopLimits.nameCharsMax)
}

function isText(text: string, charsMax: number): boolean {
  return text.length <= charsMax
}
