import { useEffect, useRef, useState } from 'react'
import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { Result } from '#kit/result'
import { useActions } from '../stores/context.tsx'

export interface FreshAnswer<Name extends CallName> {
  /** null while the first answer is on its way. Later ones replace it without a gap. */
  readonly answer: Result<CallOutput<Name>> | null
  again(): void
}

/**
 * Asks anew whenever `beat` is another, one question at a time: what changes while one is on its way is asked for once
 * when that is back, however often it changed.
 */
export function useFreshAnswer<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
  beat: string | number,
): FreshAnswer<Name> {
  const { ask } = useActions()
  const [held, setHeld] = useState<{ readonly of: string; readonly result: Result<CallOutput<Name>> } | null>(null)
  const [turn, setTurn] = useState(0)
  const wanted = useRef<string | null>(null)
  const isAsking = useRef(false)
  const question = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `beat` and `turn` ask the same question once more.
  useEffect(() => {
    wanted.current = question
    if (isAsking.current) return
    isAsking.current = true
    const goOn = async (): Promise<void> => {
      while (wanted.current !== null) {
        const asked = wanted.current
        wanted.current = null
        const result = await ask(name, JSON.parse(asked))
        if (wanted.current === null || wanted.current === asked) setHeld({ of: asked, result })
      }
      isAsking.current = false
    }
    void goOn()
  }, [ask, name, question, beat, turn])
  useEffect(
    () => () => {
      wanted.current = null
    },
    [],
  )
  return { answer: held?.of === question ? held.result : null, again: () => setTurn((count) => count + 1) }
}
