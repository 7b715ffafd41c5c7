import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '#kit/result'
import { noRows, type RowPage, type Rows, rowsKeptMax, withRowPage } from '../../stores/notary/rows.ts'

export interface RowsSource<Row> {
  /** Another list is another key; what is known of the old one is forgotten. */
  readonly key: string
  /** Whenever it is another, what is in sight is asked for anew. */
  readonly beat: string | number
  numberOf(row: Row): number
  load(before: number | null): Promise<Result<{ readonly rows: readonly Row[]; readonly next: number | null }>>
}

export interface RowsInSight<Row> {
  readonly list: Rows<Row>
  /** The last refusal; null: the last question was answered. */
  readonly refusal: Extract<Result<never>, { ok: false }>['failure'] | null
  /** It has stopped looking for more by itself; there may be more. */
  readonly isPausing: boolean
  /** Pass it to the list that draws them. */
  onSight(first: number, last: number): void
  goOn(): void
}

/** So near to the end of what is known, the next page is asked for. */
const nearEndRows = 40
/** A search may find nothing for a long stretch. After so many empty pages it waits to be told. */
const emptyPagesMax = 20

interface State<Row> {
  readonly key: string
  readonly list: Rows<Row>
  readonly refusal: RowsInSight<Row>['refusal']
  readonly emptyPages: number
}

/** A long list, newest first: what is in sight is kept fresh, older pages come when one gets near them. */
export function useRows<Row>(source: RowsSource<Row>): RowsInSight<Row> {
  const { key, beat } = source
  const held = useRef(source)
  held.current = source
  const blank: State<Row> = { key, list: noRows, refusal: null, emptyPages: 0 }
  const [kept, setKept] = useState<State<Row>>(blank)
  const state = kept.key === key ? kept : blank
  const current = useRef(state)
  current.current = state
  const sight = useRef({ first: 0, last: 0 })
  const isAsking = useRef(false)
  const isStale = useRef(false)

  const ask = useCallback(async (before: number | null): Promise<void> => {
    const { key: asked, load, numberOf } = held.current
    const result = await load(before)
    if (held.current.key !== asked) return
    const old = current.current.key === asked ? current.current : { ...current.current, list: noRows, emptyPages: 0 }
    const next: State<Row> = result.ok
      ? withAnswer({ ...old, key: asked }, { before, ...result.value }, numberOf)
      : { ...old, key: asked, refusal: result.failure }
    current.current = next
    setKept(next)
  }, [])

  const work = useCallback(async (): Promise<void> => {
    if (isAsking.current) return
    isAsking.current = true
    for (;;) {
      const { list, refusal, emptyPages } = current.current
      const isNearEnd = sight.current.last >= list.rows.length - nearEndRows
      if (isStale.current) {
        isStale.current = false
        const top = list.rows[sight.current.first]
        const isAtTop = sight.current.first < nearEndRows || top === undefined
        await ask(isAtTop ? null : held.current.numberOf(top) + 1)
      } else if (isNearEnd && list.next !== null && refusal === null && canGrow(list, emptyPages)) {
        await ask(list.next)
      } else break
    }
    isAsking.current = false
  }, [ask])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key or beat is what makes the list stale.
  useEffect(() => {
    isStale.current = true
    void work()
  }, [key, beat, work])

  return {
    list: state.list,
    refusal: state.refusal,
    isPausing: state.list.next !== null && !canGrow(state.list, state.emptyPages),
    onSight: useCallback(
      (first: number, last: number) => {
        sight.current = { first, last }
        void work()
      },
      [work],
    ),
    goOn: () => {
      current.current = { ...current.current, refusal: null, emptyPages: 0 }
      isStale.current = !current.current.list.isKnown
      void work()
    },
  }
}

function withAnswer<Row>(old: State<Row>, page: RowPage<Row>, numberOf: (row: Row) => number): State<Row> {
  const isEmpty = page.rows.length === 0 && page.before !== null
  const list = withRowPage<Row>(old.list, page, numberOf)
  return { key: old.key, list, refusal: null, emptyPages: isEmpty ? old.emptyPages + 1 : 0 }
}

function canGrow(list: Rows<unknown>, emptyPages: number): boolean {
  return list.rows.length < rowsKeptMax && emptyPages < emptyPagesMax
}
