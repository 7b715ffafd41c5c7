import { useEffect, useState } from 'react'
import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { Result } from '#kit/result'
import { useActions } from '../stores/context.tsx'

interface Answer<Name extends CallName> {
  /** null while it is on its way. */
  readonly answer: Result<CallOutput<Name>> | null
  /** How often it was asked. */
  readonly turn: number
  again(): void
}

/** Asks once, and again when told. An answer that comes after another question was put is let fall. */
export function useAnswer<Name extends CallName>(name: Name, input: CallInput<Name>): Answer<Name> {
  const { ask } = useActions()
  const [answer, setAnswer] = useState<Result<CallOutput<Name>> | null>(null)
  const [turn, setTurn] = useState(0)
  const question = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks the same question once more.
  useEffect(() => {
    let isWanted = true
    setAnswer(null)
    void ask(name, JSON.parse(question)).then((result) => {
      if (isWanted) setAnswer(result)
    })
    return () => {
      isWanted = false
    }
  }, [ask, name, question, turn])
  return { answer, turn, again: () => setTurn((count) => count + 1) }
}
