import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { FailureCode } from '#kit/failures'
import { useHands, useTopology } from '../../stores/context.tsx'
import { deskOf } from '../../stores/notary/desk.ts'
import { afterOf, firstLeaf, type Leaf, leafBack, leafOn, pageOf } from '../../stores/shop/leaf.ts'
import { useFreshAnswer } from '../../ui/use-fresh-answer.ts'

/** Stock and states of orders change without a word to this window; so what is looked at is asked for this often. */
export const shopBeatMs = 2_000

/** Another with each beat, and whenever the desk has done something. */
export function useShopBeat(): string {
  const revision = useTopology(({ snapshot }) => deskOf(snapshot)?.revision ?? -1)
  const beat = useStore(useHands().stores.now, ({ nowMs }) => Math.floor(nowMs / shopBeatMs))
  return `${revision} ${beat}`
}

export interface Standing<Name extends CallName> {
  /** The last answer to this question that was one, however old; null: there has been none. */
  readonly value: CallOutput<Name> | null
  /** Why the newest answer is none; null: it is one. */
  readonly failure: FailureCode | null
  again(): void
}

/** Asks again and again, and keeps what was said last while nothing newer can be had. */
export function useStanding<Name extends CallName>(name: Name, input: CallInput<Name>): Standing<Name> {
  const { answer, again } = useFreshAnswer(name, input, useShopBeat())
  const question = JSON.stringify(input)
  const [kept, setKept] = useState<{ readonly of: string; readonly value: CallOutput<Name> } | null>(null)
  useEffect(() => {
    if (answer?.ok) setKept({ of: question, value: answer.value })
  }, [answer, question])
  const last = kept?.of === question ? kept.value : null
  return {
    value: answer?.ok ? answer.value : last,
    failure: answer === null || answer.ok ? null : answer.failure.code,
    again,
  }
}

export interface Leafing {
  readonly after: number | null
  readonly page: number
  on(next: number | null): void
  back(): void
}

/** Page by page through a list; another question begins at its first page. */
export function useLeafing(question: string): Leafing {
  const [state, setState] = useState<{ readonly of: string; readonly leaf: Leaf }>({ of: question, leaf: firstLeaf })
  const leaf = state.of === question ? state.leaf : firstLeaf
  return {
    after: afterOf(leaf),
    page: pageOf(leaf),
    on: (next) => setState({ of: question, leaf: leafOn(leaf, next) }),
    back: () => setState({ of: question, leaf: leafBack(leaf) }),
  }
}

/** What is typed, once whoever types has paused for this long. */
const pauseMs = 250

export function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const timer = window.setTimeout(() => setPaused(value), pauseMs)
    return () => window.clearTimeout(timer)
  }, [value])
  return paused
}
