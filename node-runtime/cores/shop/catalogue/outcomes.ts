import type { CatalogueOutcome, CatalogueRefusal, CatalogueResult, ShortLine } from '../messages.ts'

export type RefusedOutcome = Extract<CatalogueOutcome, { readonly kind: 'refused' }>

export function refused(why: CatalogueRefusal, lines: readonly ShortLine[] = []): RefusedOutcome {
  return { kind: 'refused', why, lines }
}

export function done(result: CatalogueResult): CatalogueOutcome {
  return { kind: 'done', result }
}

export function doneBefore(result: CatalogueResult): CatalogueOutcome {
  return { kind: 'done-before', result }
}
