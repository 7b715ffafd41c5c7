import { useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { FailureCode } from '#kit/failures'
import type { ClusterId } from '#kit/ids'
import { useActions, useHands } from '../../../stores/context.tsx'
import { nothingHeard, withHeard, withoutEvents } from './summary.ts'

const pageRows = 200

/** Asks for what is new at each beat of the window, one question at a time, from where the one before ended. */
export function useHeard(clusterId: ClusterId) {
  const { ask } = useActions()
  const beat = useStore(useHands().stores.now, ({ nowMs }) => nowMs)
  const [heard, setHeard] = useState(nothingHeard)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const next = useRef(nothingHeard.next)
  const isAsking = useRef(false)
  const read = useCallback(async (): Promise<void> => {
    if (isAsking.current) return
    isAsking.current = true
    const result = await ask('chat.foreign', { clusterId, after: next.current, limit: pageRows })
    isAsking.current = false
    setFailure(result.ok ? null : result.failure.code)
    if (!result.ok) return
    next.current = result.value.next
    setHeard((now) => withHeard(now, result.value))
  }, [ask, clusterId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each beat asks once more.
  useEffect(() => void read(), [read, beat])
  return { heard, failure, again: () => void read(), clear: () => setHeard(withoutEvents) }
}
