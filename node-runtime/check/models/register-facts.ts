import { endOf, type History, type Operation, type Value } from '../history.ts'
import type { RegisterAnswer, RegisterOp } from './register.ts'

/** What a whole history says about one value: SPEC.md KR1–KR3. */
export interface ValueFacts {
  /** How many operations write it, or would; the start counts as one for the initial value. */
  readonly makers: number
  /** How many operations certainly found it. */
  readonly finders: number
  /** Some cas certainly did not find it. */
  readonly isMissed: boolean
  /** From when on a cas of which nobody knows may have found it; Infinity if none did. */
  readonly maybeFoundFrom: number
}

/** An operation of a register, as what it finds, misses and makes. */
export interface Deed {
  readonly finds: Value | undefined
  /** It found something else than this. */
  readonly misses: Value | undefined
  readonly makes: Value | undefined
  readonly invokedAt: number
  readonly dueAt: number
}

export interface RegisterFacts {
  readonly deeds: readonly Deed[]
  readonly of: ReadonlyMap<Value, ValueFacts>
  /** Every value that was certainly found has one maker, so it is known which. */
  readonly isClear: boolean
  /** From when on a write of which nobody knows may have taken effect; Infinity if there is none. */
  readonly lostWritesFrom: number
}

export function registerFacts(operations: History<RegisterOp, RegisterAnswer>, initial: Value): RegisterFacts {
  const facts = new Facts()
  facts.of(initial).makers += 1
  const deeds = operations.flatMap((operation) => deedOf(operation))
  for (const deed of deeds) facts.note(deed)
  // In the order of their ends, so that what is found first has its say first and nobody is visited twice.
  const certain = deeds.filter(isCertain)
  for (const deed of certain.sort((one, other) => one.dueAt - other.dueAt)) facts.noteFound(deed)
  for (const deed of deeds) if (!isCertain(deed)) facts.noteMaybeFound(deed)
  const isClear = [...facts.all.values()].every(({ makers, finders }) => makers <= 1 || finders === 0)
  const lostWritesFrom = deeds.reduce(
    (from, deed) => (isCertain(deed) || deed.finds !== undefined ? from : Math.min(from, deed.invokedAt)),
    Number.POSITIVE_INFINITY,
  )
  return { deeds, of: facts.all, isClear, lostWritesFrom }
}

/** Whether it happened, as all that was found afterwards shows. */
export function isCertain({ dueAt }: Deed): boolean {
  return dueAt < Number.POSITIVE_INFINITY
}

type Open<T> = { -readonly [Field in keyof T]: T[Field] }

interface OpenFacts extends Open<ValueFacts> {
  foundAt: number
  /** The last operation seen that makes it: the only one if there is one maker and it is not the start. */
  maker: Open<Deed> | undefined
}

class Facts {
  readonly #of = new Map<Value, OpenFacts>()

  get all(): ReadonlyMap<Value, ValueFacts> {
    return this.#of
  }

  of(value: Value): OpenFacts {
    let facts = this.#of.get(value)
    if (facts === undefined) {
      const never = Number.POSITIVE_INFINITY
      facts = { makers: 0, finders: 0, isMissed: false, maybeFoundFrom: never, foundAt: never, maker: undefined }
      this.#of.set(value, facts)
    }
    return facts
  }

  note(deed: Open<Deed>): void {
    if (deed.misses !== undefined) this.of(deed.misses).isMissed = true
    if (deed.makes === undefined) return
    const made = this.of(deed.makes)
    made.makers += 1
    made.maker = deed
  }

  noteMaybeFound({ finds, invokedAt }: Deed): void {
    if (finds === undefined) return
    const found = this.of(finds)
    found.maybeFoundFrom = Math.min(found.maybeFoundFrom, invokedAt)
  }

  /** Who is found was made before: a value's only maker did happen, and in time, and so did the maker of what that one found. */
  noteFound(certain: Open<Deed>): void {
    let finder: Open<Deed> | undefined = certain
    let isFirstSeen = true
    while (finder?.finds !== undefined) {
      const found = this.of(finder.finds)
      if (isFirstSeen) found.finders += 1
      if (found.foundAt <= finder.dueAt) return
      found.foundAt = finder.dueAt
      const maker: Open<Deed> | undefined = found.makers === 1 ? found.maker : undefined
      if (maker === undefined || maker.dueAt <= finder.dueAt) return
      isFirstSeen = maker.dueAt === Number.POSITIVE_INFINITY
      maker.dueAt = finder.dueAt
      finder = maker
    }
  }
}

/** A read without an answer says nothing. */
function deedOf(operation: Operation<RegisterOp, RegisterAnswer>): Deed[] {
  const { op, ending, invokedAt } = operation
  const deed: Deed = { finds: undefined, misses: undefined, makes: undefined, invokedAt, dueAt: endOf(operation) }
  if (op.kind === 'write') return [{ ...deed, makes: op.value }]
  // A read is answered with a value, by the model's isAnswer.
  if (op.kind === 'read') return ending.kind === 'ok' ? [{ ...deed, finds: ending.answer as Value }] : []
  const hasMissed = ending.kind === 'ok' && ending.answer === false
  return [hasMissed ? { ...deed, misses: op.expected } : { ...deed, finds: op.expected, makes: op.value }]
}
