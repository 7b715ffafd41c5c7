import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '#kit/failures'
import { useActions } from '../../../stores/context.tsx'
import { missingPlaces, pageLimits, type RecordPages, withRecords } from './record-pages.ts'

interface Pages {
  readonly pages: RecordPages
  readonly refusal: Failure | null
  /** Which node answered last, and how far behind it was. */
  readonly from: { readonly node: string; readonly lag: number | null } | null
  /** These records (both counted) are in sight. */
  show(span: Span): void
  again(): void
}

interface Span {
  readonly from: number
  readonly to: number
}

/** The part of the register in sight. Another `beat` tries once more what is still missing. */
export function useRecordPages(beat: number): Pages {
  const { ask } = useActions()
  const [pages, setPages] = useState<RecordPages>(new Map())
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [from, setFrom] = useState<Pages['from']>(null)
  const kept = useRef(pages)
  const span = useRef<Span | null>(null)
  const isAsking = useRef(false)

  const work = useCallback(async (): Promise<void> => {
    if (isAsking.current) return
    isAsking.current = true
    // A peer that lags may not have what is asked for: each place is tried once, and again at the next beat.
    const tried = new Set<number>()
    for (;;) {
      const before = span.current && missingPlaces(kept.current, span.current).find((missing) => !tried.has(missing))
      if (before === null || before === undefined) break
      tried.add(before)
      const input = { search: '', before, limit: pageLimits.rowsPerPage }
      const result = await ask('notary.records', input)
      setRefusal(result.ok ? null : result.failure)
      if (!result.ok) break
      kept.current = withRecords(kept.current, before, result.value.records)
      setPages(kept.current)
      setFrom({ node: result.value.from, lag: result.value.lagEntries })
    }
    isAsking.current = false
  }, [ask])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another beat is what asks again.
  useEffect(() => void work(), [beat, work])

  const show = useCallback(
    (next: Span) => {
      span.current = next
      void work()
    },
    [work],
  )
  return { pages, refusal, from, show, again: () => void work() }
}
