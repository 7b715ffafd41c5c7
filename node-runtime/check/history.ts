/**
 * What a client asked for and what it was told. Times are numbers of an order that whoever recorded it counted up;
 * of two operations one came before the other only if it ended at a smaller number than the other began at.
 */
export interface Operation<Op, Answer> {
  /** Who asked. For people: the checker looks at times only. */
  readonly process: string
  /** Operations on different keys have nothing to do with each other. */
  readonly key: string
  readonly op: Op
  readonly invokedAt: number
  readonly ending: Ending<Answer>
}

export type Ending<Answer> =
  | { readonly kind: 'ok'; readonly at: number; readonly answer: Answer }
  /** It certainly did not happen. */
  | { readonly kind: 'failed' }
  /** It may take effect at any time after its invocation, also after all else, or never. */
  | { readonly kind: 'unknown' }

export type History<Op, Answer> = readonly Operation<Op, Answer>[]

/** What a register holds and a list consists of: what JSON keeps as it is and a Map tells apart. */
export type Value = string | number | null

/** When it was over for its client: never, for one of which nobody knows whether it happened. */
export function endOf({ ending }: Operation<unknown, unknown>): number {
  return ending.kind === 'ok' ? ending.at : Number.POSITIVE_INFINITY
}

/** What may have happened, in the order of the invocations. */
export function possible<Op, Answer>(history: History<Op, Answer>): History<Op, Answer> {
  return history.filter(({ ending }) => ending.kind !== 'failed').sort((one, other) => one.invokedAt - other.invokedAt)
}
