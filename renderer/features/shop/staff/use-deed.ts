import { useRef, useState } from 'react'
import type { StaffRefusal } from '#contract/worker/shop-shapes'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import { useShopClient } from '../../../stores/context.tsx'

export type DeedTold =
  | { readonly kind: 'refused'; readonly why: StaffRefusal }
  | { readonly kind: 'failed'; readonly code: FailureCode }

type Answer = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly why: StaffRefusal }

interface Deed {
  readonly isBusy: boolean
  readonly told: DeedTold | null
  /** True: it was done. */
  run(what: string, ask: (id: string) => Promise<Result<Answer>>): Promise<boolean>
}

/**
 * Something that the staff does, once: while nobody knows whether it happened, the same deed goes under the same id, so
 * that trying again cannot do it twice. Another deed, or a definite answer, takes another id.
 */
export function useDeed(): Deed {
  const client = useShopClient()
  const [isBusy, setBusy] = useState(false)
  const [told, setTold] = useState<DeedTold | null>(null)
  const open = useRef<{ readonly what: string; readonly id: string } | null>(null)
  const run = async (what: string, ask: (id: string) => Promise<Result<Answer>>): Promise<boolean> => {
    const id = open.current?.what === what ? open.current.id : client.newId()
    open.current = { what, id }
    setBusy(true)
    setTold(null)
    const result = await ask(id)
    setBusy(false)
    if (!result.ok) {
      setTold({ kind: 'failed', code: result.failure.code })
      return false
    }
    open.current = null
    if (result.value.kind === 'done') return true
    setTold({ kind: 'refused', why: result.value.why })
    return false
  }
  return { isBusy, told, run }
}
