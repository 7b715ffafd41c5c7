import type { RaceCheck, RaceProof } from '#contract/worker/shop-races'
import type { LedgerRow } from '#contract/worker/shop-shapes'

export const raceProofLimits = {
  /** Rows that are shown; all are checked. */
  rowsShownMax: 400,
  /** Rows that are read. A race in which more was moved is never proven. */
  rowsReadMax: 20_000,
} as const

export interface Evidence {
  /** The newest movement of the product when the shoppers set off. */
  readonly opening: LedgerRow
  /** All of the product after it, in their order. */
  readonly rows: readonly LedgerRow[]
  /** Orders that shoppers of the race were told they have. */
  readonly told: ReadonlySet<string>
  /** Orders of the race whose stock the shop has confirmed. */
  readonly held: ReadonlySet<string>
}

/** What the ledger says of a race, and whether it can be true of what the shoppers were told. */
export function proofOf({ opening, rows, told, held }: Evidence): RaceProof {
  const checks = [sums(opening, rows), neverBelowZero(rows), notOversold(opening, rows), toldIsSold(rows, told, held)]
  const shown = rows.slice(-raceProofLimits.rowsShownMax)
  return {
    openingOnHand: opening.onHand,
    openingReserved: opening.reserved,
    openingMovement: opening.number,
    rows: shown,
    rowsLeftOut: rows.length - shown.length,
    sold: unitsOf(rows, 'sold'),
    checks,
  }
}

function sums(opening: LedgerRow, rows: readonly LedgerRow[]): RaceCheck {
  const all = [opening, ...rows]
  const wrong = rows.filter((row, index) => {
    const before = all[index] ?? opening
    const isNext = row.previous === before.number && row.product === before.product && row.number > before.number
    const isSum =
      row.onHand === before.onHand + row.onHandChange && row.reserved === before.reserved + row.reservedChange
    return !isNext || !isSum || row.available !== row.onHand - row.reserved
  })
  const last = all.at(-1) ?? opening
  const moved = rows.reduce((sum, { onHandChange }) => sum + onHandChange, 0)
  const values = [`${opening.onHand} ${signed(moved)} = ${last.onHand}`, ...wrong.map(({ number }) => `#${number}`)]
  return { check: 'sums', isRight: wrong.length === 0 && opening.onHand + moved === last.onHand, values }
}

function neverBelowZero(rows: readonly LedgerRow[]): RaceCheck {
  const wrong = rows.filter(({ onHand, reserved }) => reserved < 0 || onHand < reserved)
  const least = Math.min(...rows.map(({ onHand, reserved }) => onHand - reserved))
  const values = rows.length === 0 ? [] : [String(least), ...wrong.map(({ number }) => `#${number}`)]
  return { check: 'never-below-zero', isRight: wrong.length === 0, values }
}

/** What came in meanwhile may be sold too. */
function notOversold(opening: LedgerRow, rows: readonly LedgerRow[]): RaceCheck {
  const came = rows.reduce((sum, { kind, onHandChange }) => (kind === 'sold' ? sum : sum + onHandChange), 0)
  const there = opening.onHand + came
  const sold = unitsOf(rows, 'sold')
  return { check: 'not-oversold', isRight: sold <= there, values: [String(sold), String(there)] }
}

/** In the ledger, in the orders of the shop, and in what people were told: the same orders, each of them once. */
function toldIsSold(rows: readonly LedgerRow[], told: ReadonlySet<string>, held: ReadonlySet<string>): RaceCheck {
  const sold = rows.flatMap(({ kind, order }) => (kind === 'sold' && order !== null ? [order] : []))
  const ofRace = sold.filter((order) => told.has(order) || held.has(order))
  const isOnce = new Set(ofRace).size === ofRace.length
  const isSame = ofRace.length === told.size && ofRace.every((order) => told.has(order))
  const isHeld = held.size === told.size && [...held].every((order) => told.has(order))
  return {
    check: 'told-is-sold',
    isRight: isOnce && isSame && isHeld,
    values: [String(told.size), String(ofRace.length), String(held.size)],
  }
}

function unitsOf(rows: readonly LedgerRow[], wanted: LedgerRow['kind']): number {
  return rows.reduce((sum, { kind, onHandChange }) => (kind === wanted ? sum - onHandChange : sum), 0)
}

function signed(value: number): string {
  return value < 0 ? `− ${-value}` : `+ ${value}`
}
