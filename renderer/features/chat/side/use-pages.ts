import { useCallback, useEffect, useRef, useState } from 'react'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import type { Actions } from '../../../stores/actions.ts'
import { useActions } from '../../../stores/context.tsx'

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

export interface Pages<Row> {
  /** null: the first page is on its way. */
  readonly rows: readonly Row[] | null
  readonly failure: FailureCode | null
  readonly next: string | null
  readonly isReading: boolean
  more(): void
}

type Read<Row> = (
  ask: Actions['ask'],
  page: { readonly after: string | null; readonly limit: number },
) => Promise<Result<Page<Row>>>

const limit = 100

/** A list that comes page by page, in order, as far as somebody wants to see it. */
export function usePages<Row>(read: Read<Row>): Pages<Row> {
  const { ask } = useActions()
  const [state, setState] = useState<Omit<Pages<Row>, 'more'>>({
    rows: null,
    failure: null,
    next: null,
    isReading: true,
  })
  const reading = useRef(read)
  reading.current = read
  const readFrom = useCallback(
    async (after: string | null): Promise<void> => {
      setState((now) => ({ ...now, isReading: true }))
      const result = await reading.current(ask, { after, limit })
      setState((now) =>
        result.ok
          ? {
              rows: [...(after === null ? [] : (now.rows ?? [])), ...result.value.rows],
              failure: null,
              next: result.value.next,
              isReading: false,
            }
          : { ...now, failure: result.failure.code, isReading: false },
      )
    },
    [ask],
  )
  useEffect(() => void readFrom(null), [readFrom])
  return { ...state, more: () => void readFrom(state.next) }
}
