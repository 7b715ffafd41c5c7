import { count, decode, encode, type Field, flag, kinds, listOf, oneOf, orNull, record, text } from '../fields.ts'
import { shopLimits } from '../limits.ts'
import {
  type CatalogueAnswer,
  type CatalogueAnswers,
  type CatalogueCommand,
  type CatalogueDeed,
  type CatalogueOutcome,
  type CatalogueQuery,
  type Reservation,
  reservationStates,
} from '../messages.ts'
import { category, deed, outcome, product, soldLine } from './parts.ts'
import { movementRows } from './rows.ts'

/** So that a record of another kind is not taken for a command by chance. */
const mark = 0x5b

const command = record<{ readonly mark: number } & CatalogueCommand>({
  mark: { write: (writer, value) => writer.byte(value), read: (reader) => reader.byte() },
  deeds: listOf(deed, shopLimits.deedsPerCommandMax),
})

export function encodeCatalogueCommand({ deeds }: CatalogueCommand): Uint8Array {
  return encode(command, { mark, deeds }, 16 + deeds.length * 128)
}

/** null: no command of ours, or one past its limits. */
export function decodeCatalogueCommand(bytes: Uint8Array): CatalogueCommand | null {
  if (bytes.length > shopLimits.commandBytesMax) return null
  const decoded = decode(command, bytes)
  return decoded?.mark === mark ? { deeds: decoded.deeds } : null
}

/** One deed on its own, on its way to whoever leads. */
export function encodeCatalogueDeed(value: CatalogueDeed): Uint8Array {
  return encode(deed, value, 128)
}

export function decodeCatalogueDeed(bytes: Uint8Array): CatalogueDeed | null {
  return decode(deed, bytes)
}

/** One outcome on its own, on its way back. */
export function encodeCatalogueOutcome(value: CatalogueOutcome): Uint8Array {
  return encode(outcome, value, 128)
}

export function decodeCatalogueOutcome(bytes: Uint8Array): CatalogueOutcome | null {
  return decode(outcome, bytes)
}

const answer = kinds<CatalogueAnswer>({ refused: {}, done: { movements: count, outcomes: listOf(outcome) } })

export function encodeCatalogueAnswer(value: CatalogueAnswer): Uint8Array {
  return encode(answer, value, 64 + (value.kind === 'done' ? value.outcomes.length * 96 : 0))
}

/** null: no answer to a command. */
export function decodeCatalogueAnswer(bytes: Uint8Array): CatalogueAnswer | null {
  return decode(answer, bytes)
}

const query = kinds<CatalogueQuery>({
  status: {},
  categories: {},
  product: { product: count },
  'products-by-id': { products: listOf(count, shopLimits.rowsPerPageMax) },
  products: {
    category: orNull(count),
    priceCentsMax: orNull(count),
    isInStock: flag,
    text,
    isAll: flag,
    after: count,
    limit: count,
  },
  reservation: { order: text },
  reservations: { after: count, limit: count },
  ledger: { from: count, order: oneOf(['up', 'down']), limit: count },
  movements: { product: count, from: count, limit: count },
})

export function encodeCatalogueQuery(value: CatalogueQuery): Uint8Array {
  return encode(query, value)
}

export function decodeCatalogueQuery(bytes: Uint8Array): CatalogueQuery | null {
  return decode(query, bytes)
}

const reservation = record<Reservation>({
  order: text,
  state: oneOf(reservationStates),
  lines: listOf(soldLine),
  reservedAtMs: count,
  expiresAtMs: count,
})

const next = orNull(count)
const movements = record({ movements: listOf(movementRows.field), next })

const answers: { readonly [Kind in keyof CatalogueAnswers]: Field<CatalogueAnswers[Kind]> } = {
  status: record<CatalogueAnswers['status']>({
    isFounded: flag,
    products: count,
    categories: count,
    movements: count,
    liveReservations: count,
    nextExpiryMs: orNull(count),
  }),
  categories: record({ categories: listOf(category) }),
  product: record({ product: orNull(product) }),
  'products-by-id': record({ products: listOf(orNull(product)) }),
  products: record({ products: listOf(product), next }),
  reservation: record({ reservation: orNull(reservation) }),
  reservations: record({ reservations: listOf(reservation), next }),
  ledger: movements,
  movements,
}

/** Of bytes that are no query. */
export const noQuery: Uint8Array = new Uint8Array(0)

export function encodeCatalogueQueryAnswer<Kind extends keyof CatalogueAnswers>(
  kind: Kind,
  value: CatalogueAnswers[Kind],
): Uint8Array {
  return encode(answers[kind], value, 256)
}

/** null: no answer to a query of this kind. */
export function decodeCatalogueQueryAnswer<Kind extends keyof CatalogueAnswers>(
  kind: Kind,
  bytes: Uint8Array,
): { readonly answer: CatalogueAnswers[Kind] } | null {
  const decoded = decode(answers[kind], bytes)
  return decoded === null ? null : { answer: decoded }
}
